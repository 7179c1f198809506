import { createHash } from 'node:crypto';
import type { ComposeBuild, ComposeModel, ComposeService } from '../compose/model.js';
import { ARMS, type ArmName } from '../model/index.js';

/** What has to be made before any trial, and the image name that each service of each arm will be started from. */
export interface ImagePlan {
  /** A model of everything to be built, each image once; null if nothing is. */
  readonly build: ComposeModel | null;
  /** Images that have a build, but are there already and are used as they are. */
  readonly found: readonly string[];
  /** Images that are not built here. */
  readonly pull: readonly string[];
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
}

/** What a build would write beside the image: tags of the user's, a cache somewhere else. */
const WRITTEN_ELSEWHERE = ['tags', 'cache_to'];

/**
 * Plans builds and pulls of both arms together. What is built gets a name of slopegate's own with a digest of the
 * build, so that the tag that production starts from stays what it is. Equal builds are made once. A build whose image
 * is among `present`, under the name of its file or under ours, is left out. Pure.
 */
export function planImages(
  models: Readonly<Record<ArmName, ComposeModel>>,
  present: ReadonlySet<string> = new Set(),
): ImagePlan {
  const images = { baseline: {} as Record<string, string>, candidate: {} as Record<string, string> };
  const builds = new Map<string, ComposeService>();
  const found = new Set<string>();
  const pull = new Set<string>();
  for (const arm of ARMS) {
    const made = new Map<string, string>();
    for (const [name, { image: called, build: stated }] of Object.entries(models[arm].services)) {
      if (stated === undefined) continue;
      const build = withoutSideEffects(stated);
      const own = ownName(called ?? name, build);
      const there = namesOf(called, own, models).find((candidate) => present.has(candidate));
      const image = there ?? own;
      if (there === undefined) builds.set(image, { image, build });
      else found.add(there);
      images[arm][name] = image;
      if (called !== undefined && !made.has(called)) made.set(called, image);
    }
    // A service may also name the image that another service of its file builds.
    for (const [name, { image: called = '', build }] of Object.entries(models[arm].services)) {
      if (build !== undefined) continue;
      images[arm][name] = made.get(called) ?? called;
      if (!made.has(called)) pull.add(called);
    }
  }
  return { build: buildModel(builds), found: [...found], pull: [...pull], images };
}

/** Every name under which the image of a build may be there already. Pure. */
export function namesOfBuilds(models: Readonly<Record<ArmName, ComposeModel>>): readonly string[] {
  return buildsOf(models).flatMap(({ called, own }) => namesOf(called, own, models));
}

/** Ours, and the one of the compose file, unless that is the name of two different builds: which one is there? */
function namesOf(
  called: string | undefined,
  own: string,
  models: Readonly<Record<ArmName, ComposeModel>>,
): readonly string[] {
  if (called === undefined) return [own];
  const isAmbiguous = buildsOf(models).some((other) => other.called === called && other.own !== own);
  return isAmbiguous ? [own] : [called, own];
}

function buildsOf(models: Readonly<Record<ArmName, ComposeModel>>): { called: string | undefined; own: string }[] {
  return ARMS.flatMap((arm) =>
    Object.entries(models[arm].services).flatMap(([name, { image: called, build }]) =>
      build === undefined ? [] : [{ called, own: ownName(called ?? name, withoutSideEffects(build)) }],
    ),
  );
}

function withoutSideEffects(build: ComposeBuild): ComposeBuild {
  return Object.fromEntries(Object.entries(build).filter(([key]) => !WRITTEN_ELSEWHERE.includes(key)));
}

/** `slopegate/wafd:3b1f…` for a build that the compose file calls `registry.example/wafd:1.4`. */
function ownName(name: string, build: ComposeBuild): string {
  const last = name.split('/').at(-1)?.split(/[:@]/)[0] ?? '';
  const digest = createHash('sha256').update(JSON.stringify(build)).digest('hex').slice(0, 12);
  return `slopegate/${last.toLowerCase() || 'image'}:${digest}`;
}

function buildModel(builds: ReadonlyMap<string, ComposeService>): ComposeModel | null {
  if (builds.size === 0) return null;
  const services = [...builds].map(([image, service]) => [image.replace(/[^a-zA-Z0-9._-]+/g, '-'), service] as const);
  return { name: 'slopegate-build', services: Object.fromEntries(services) };
}
