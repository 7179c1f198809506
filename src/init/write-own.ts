import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { dotEnv } from '../composefile/index.js';
import { SlopegateError, type Context } from '../model/index.js';
import { ask } from './ask.js';
import { copySchema, makeFolder } from './folder.js';
import { findFile, stackOfCompose, stackOfDockerfile, stackOfImage, type OwnStack } from './own-stack.js';
import { recordedFormat } from './recorded-format.js';
import { scenarioText } from './scenario-text.js';
import { splitImage, versionFor } from './versions.js';

const COMPOSE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Compose adds the first of these by itself. */
const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

export interface OwnJob {
  readonly shipped: string;
  readonly to: string | undefined;
  readonly baseline: string | undefined;
  readonly candidate: string | undefined;
  readonly traffic: string | undefined;
  /** Ask no questions. */
  readonly yes: boolean;
}

/** What was written, and what was understood of the user's stack, in words. */
export interface WrittenOwn {
  readonly scenario: string;
  readonly files: readonly string[];
  readonly summary: readonly string[];
}

/** Writes a scenario for the stack in the current folder, or for two images. @throws SlopegateError */
export async function writeOwn(job: OwnJob, context: Context): Promise<WrittenOwn> {
  const { cwd } = context;
  const folder = resolve(cwd, job.to ?? 'slopegate');
  const stack = await findStack(job, folder, context);
  const { waf, entry, others, because } = stack.understood;
  const recorded =
    job.traffic === undefined
      ? null
      : {
          format: await recordedFormat(resolve(cwd, job.traffic)),
          path: relative(folder, resolve(cwd, job.traffic)),
        };
  const { baseline, candidate } = await versionsOf(job, stack, context);
  const text = scenarioText({
    name: `${nameOf(waf.name)}-upgrade`,
    compose: stack.compose.map((file) => (isAbsolute(file) ? relative(folder, file) : file)),
    versions: stack.versions,
    baseline,
    candidate,
    entry,
    unjudged: others,
    origin: false,
    recorded,
  });
  await makeFolder(folder);
  const files = { ...stack.files, 'upgrade.yaml': text };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await copySchema(job.shipped, folder);
  const short = (file: string): string => {
    const shown = relative(cwd, file);
    return shown === '' || shown.startsWith('..') ? file : shown;
  };
  return {
    scenario: join(folder, 'upgrade.yaml'),
    files: Object.keys(files).map((name) => join(folder, name)),
    summary: [
      `From:      ${stack.from.map(short).join(', ')}`,
      `Compared:  ${waf.name} (${because}); ${stack.versions.how}`,
      `Versions:  ${stack.versions.label(baseline)} → ${stack.versions.label(candidate)}`,
      `Entry:     ${entry.service}:${entry.port}`,
      `Others:    ${others.length === 0 ? 'nothing' : `${others.join(', ')} (watched, not judged)`}`,
      `Traffic:   ${recorded === null ? 'examples and slopegate’s attacks' : `${job.traffic} (${recorded.format})`}`,
      ...stack.doubts.map((doubt) => `Not known: ${doubt}`),
    ],
  };
}

async function findStack(job: OwnJob, folder: string, context: Context): Promise<OwnStack> {
  const { cwd } = context;
  const compose = await composeFilesOf(context);
  if (compose.length > 0) return stackOfCompose(compose, context);
  const dockerfile = await findFile(cwd, ['Dockerfile', 'Containerfile']);
  if (dockerfile !== null) return stackOfDockerfile(dockerfile, folder);
  const { baseline, candidate } = job;
  if (baseline !== undefined && candidate !== undefined && splitImage(baseline).tag !== null)
    return stackOfImage(baseline);
  throw new SlopegateError('USAGE', `${cwd} has no compose file and no Dockerfile`, {
    hint:
      'run init in the folder of your compose file, or name two images: ' +
      '--baseline vendor/waf:1.9 --candidate vendor/waf:2.0; ' +
      'ready profiles: slopegate init safeline, modsecurity-crs-docker, coraza-caddy, bunkerweb, gateway',
  });
}

/** The files that `docker compose` uses in the current folder without -f; empty if there are none. */
async function composeFilesOf({ cwd, env }: Context): Promise<readonly string[]> {
  const stated = env['COMPOSE_FILE'] ?? (await dotEnv(cwd))['COMPOSE_FILE'] ?? '';
  if (stated !== '') return stated.split(env['COMPOSE_PATH_SEPARATOR'] ?? ':').map((file) => resolve(cwd, file));
  const compose = await findFile(cwd, COMPOSE_NAMES);
  const override = await findFile(cwd, OVERRIDE_NAMES);
  return compose === null ? [] : [compose, ...(override === null ? [] : [override])];
}

async function versionsOf(
  { baseline, candidate, yes }: OwnJob,
  { understood: { waf }, versions: { today, how } }: OwnStack,
  context: Context,
): Promise<{ readonly baseline: string; readonly candidate: string }> {
  const asked = (what: string, fallback: string | null): Promise<string | null> =>
    yes ? Promise.resolve(fallback) : ask(what, fallback, context);
  const from = baseline ?? (await asked(`Version of ${waf.name} that you run`, today)) ?? today;
  const to = candidate ?? (await asked(`Version of ${waf.name} that you may upgrade to`, null));
  if (from === null || to === null)
    throw new SlopegateError('USAGE', `two versions of ${waf.name} are needed: ${how}`, {
      hint: `slopegate init --baseline ${from ?? 'OLD'} --candidate ${to ?? 'NEW'}`,
    });
  const pair = { baseline: versionFor(from, waf.image), candidate: versionFor(to, waf.image) };
  if (pair.baseline !== pair.candidate) return pair;
  throw new SlopegateError('USAGE', `both versions are ${pair.baseline}: there is nothing to compare`, {
    hint: 'give two different versions with --baseline and --candidate',
  });
}

/** A name in the form that a scenario accepts. */
const nameOf = (service: string): string =>
  service
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'waf';
