import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { nearest } from '../words/nearest.js';

/** What the profile `gateway` is told of a compose file that was found. */
export interface FoundStack {
  readonly file: string;
  readonly service: string;
  readonly port: number;
}

const COMPOSE_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Images by which a product's compose file is known. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/safeline-(?:mgt|tengine|luigi)/, 'safeline'],
  [/owasp\/modsecurity-crs/, 'modsecurity-crs-docker'],
  [/coraza-caddy/, 'coraza-caddy'],
  [/bunkerity\/bunkerweb/, 'bunkerweb'],
];

/** The compose file of a folder; null where there is none. */
export async function findComposeFile(folder: string): Promise<string | null> {
  for (const name of COMPOSE_NAMES)
    if ((await stat(join(folder, name)).catch(() => null))?.isFile() === true) return join(folder, name);
  return null;
}

/** The profile that a compose file looks like; the general one for any other. */
export function guessProfile(compose: string): string {
  return PRODUCTS.find(([pattern]) => pattern.test(compose))?.[1] ?? 'gateway';
}

/**
 * Copies a profile to a folder that does not exist yet; what it builds from the package is named by its full path.
 * Returns the scenario files.
 */
export async function writeProfile(job: {
  readonly shipped: string;
  readonly profile: string;
  readonly folder: string;
}): Promise<string[]> {
  const { shipped, profile, folder } = job;
  const known = await readdir(join(shipped, 'profiles'));
  if (!known.includes(profile)) {
    const meant = nearest(profile, known);
    throw new SlopegateError('USAGE', `there is no profile "${profile}"`, {
      hint: meant === null ? `profiles: ${known.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  if ((await stat(folder).catch(() => null)) !== null)
    throw new SlopegateError('USAGE', `${folder} exists already`, {
      hint: 'nothing is overwritten: name another folder with --to',
    });
  await cp(join(shipped, 'profiles', profile), folder, { recursive: true });
  const files = await readdir(folder);
  for (const name of files.filter((file) => /\.ya?ml$/.test(file))) {
    const text = await readFile(join(folder, name), 'utf8');
    const moved = text
      .replaceAll('../../images', join(shipped, 'images'))
      .replace('$schema=../../scenario.schema.json', `$schema=${join(shipped, 'scenario.schema.json')}`);
    if (moved !== text) await writeFile(join(folder, name), moved);
  }
  return files
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => resolve(folder, name))
    .sort();
}

/**
 * Makes the general profile say what was found: the compose file, and where traffic enters. The origin and what stands
 * before it stay the user's to connect.
 */
export function adaptGateway(scenario: string, { file, service, port }: FoundStack): string {
  return scenario
    .replaceAll('compose: [compose.yml, origin.yml]', `compose: ${file}`)
    .replace(/label: nginx 1\.28/, 'label: today')
    .replace(/label: nginx 1\.29/, 'label: tomorrow')
    .replace('entry: gateway:80', `entry: ${service}:${port}`)
    .replace(/\n {2}origin: origin:9090/, '')
    .replace(/\n {2}unjudged: \[origin\]/, '');
}
