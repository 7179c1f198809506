import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ComposeBuild, ComposeModel } from '../compose/model.js';
import { interpolate } from '../composefile/index.js';
import { answers } from './survey/answers.js';

/** An image that is named by a Dockerfile: `FROM vendor/base:1 AS run`, `COPY --from=vendor/base:1`. */
const FROM = /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim;
const COPY_FROM = /^[ \t]*(?:COPY|ADD|RUN)\b.*?--?(?:mount=\S*,)?from=([^\s,]+)/gim;
const ARG = /^[ \t]*ARG[ \t]+(\w+)(?:=(\S*))?/gim;

/**
 * The model with the builds that its Dockerfiles start from. If a Dockerfile names the image of another service, it
 * means the image that this service builds, not one of the same name on the host. Dockerfiles that cannot be read here
 * (of a repository) name nothing.
 * @throws SlopegateError COMPOSE_CONFIG if a file system does not answer
 */
export async function withBases(model: ComposeModel): Promise<ComposeModel> {
  const builders = new Map(
    Object.entries(model.services).flatMap(([name, { image, build }]) =>
      image === undefined || build === undefined ? [] : [[familiar(image), name] as const],
    ),
  );
  if (builders.size === 0) return model;
  const services = await Promise.all(
    Object.entries(model.services).map(async ([name, service]) => {
      if (service.build === undefined) return [name, service] as const;
      const build = await withBasesOf(service.build, name, builders);
      return [name, { ...service, build }] as const;
    }),
  );
  return { ...model, services: Object.fromEntries(services) };
}

async function withBasesOf(
  build: ComposeBuild,
  name: string,
  builders: ReadonlyMap<string, string>,
): Promise<ComposeBuild> {
  const text = await dockerfileOf(build);
  const bases = imagesIn(text, (build['args'] ?? {}) as Readonly<Record<string, string | null>>).flatMap((image) => {
    const builder = builders.get(image);
    return builder === undefined || builder === name ? [] : [[image, `service:${builder}`] as const];
  });
  if (bases.length === 0) return build;
  const stated = (build['additional_contexts'] ?? {}) as Readonly<Record<string, string>>;
  return { ...build, additional_contexts: { ...Object.fromEntries(bases), ...stated } };
}

async function dockerfileOf(build: ComposeBuild): Promise<string> {
  const { context, dockerfile, dockerfile_inline: inline } = build;
  if (typeof inline === 'string') return inline.replaceAll('$$', '$');
  if (typeof context !== 'string' || !context.startsWith('/')) return '';
  const path = resolve(context, typeof dockerfile === 'string' ? dockerfile : 'Dockerfile');
  return (await answers(path, readFile(path, 'utf8'))) ?? '';
}

/** Images that a Dockerfile names, with its build arguments filled in. */
function imagesIn(text: string, args: Readonly<Record<string, string | null>>): string[] {
  const defaults = Object.fromEntries([...text.matchAll(ARG)].map(([, name = '', value]) => [name, value]));
  const lookup = (name: string): string | undefined => args[name] ?? defaults[name]?.replace(/^(["'])(.*)\1$/, '$2');
  const named = [...text.matchAll(FROM), ...text.matchAll(COPY_FROM)].map(([, image = '']) => image);
  return [...new Set(named.map((image) => familiar(interpolate(image, lookup).text)))];
}

/** BuildKit compares names in this form. */
function familiar(image: string): string {
  return image.replace(/^docker\.io\/(?:library\/)?/, '').replace(/:latest$/, '');
}
