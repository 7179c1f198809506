import { join } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { run, type Environment } from './run.js';

/** A working Compose v2: its command and its version. */
export interface Compose {
  readonly command: readonly string[];
  readonly version: string;
  readonly env: Environment;
}

const CANDIDATES = [['docker', 'compose'], ['docker-compose']] as const;

/**
 * Where the `docker` command looks for plugins first, and on Linux.
 * Source: https://github.com/docker/cli/blob/master/cli-plugins/manager/manager_unix.go
 */
const pluginFolders = ({ DOCKER_CONFIG, HOME }: Environment): readonly string[] => [
  ...(DOCKER_CONFIG ? [join(DOCKER_CONFIG, 'cli-plugins')] : HOME ? [join(HOME, '.docker/cli-plugins')] : []),
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
];

/**
 * Finds Compose v2, as a plugin or as a command of its own. A plugin is started directly where its file is found: by
 * the `docker` command, each call takes twice as long (bench/compose.mjs). COMPOSE_MISSING if there is none.
 */
export async function findCompose(env: Environment, signal?: AbortSignal): Promise<Compose> {
  const composeEnv = { ...env, COMPOSE_FILE: undefined, COMPOSE_PROJECT_NAME: undefined };
  for (const command of CANDIDATES) {
    const version = await versionOf(command, composeEnv, signal);
    if (version === null || Number(version.split('.')[0]) < 2) continue;
    const direct = command.length === 1 ? null : await pluginWith(version, composeEnv, signal);
    return { command: direct ?? command, version, env: composeEnv };
  }
  throw new SlopegateError('COMPOSE_MISSING', 'Docker Compose v2 was not found.', {
    hint:
      'Install the Compose plugin (Debian: docker-compose or docker-compose-plugin); `docker compose ' +
      'version` must answer with 2 or later.',
  });
}

/** The plugin's own file, which is a command of its own too; null if none of them has this version. */
async function pluginWith(version: string, env: Environment, signal?: AbortSignal): Promise<readonly string[] | null> {
  for (const folder of pluginFolders(env)) {
    const command = [join(folder, 'docker-compose')];
    if ((await versionOf(command, env, signal)) === version) return command;
  }
  return null;
}

/** Versions that were asked for in this process. The question is as slow as starting a container. */
const KNOWN = new Map<string, string>();

async function versionOf(command: readonly string[], env: Environment, signal?: AbortSignal): Promise<string | null> {
  // Where the command is found, and where its plugins are.
  const place = JSON.stringify([command, env['PATH'], env['HOME'], env['DOCKER_CONFIG']]);
  const known = KNOWN.get(place);
  if (known !== undefined) return known;
  try {
    const { code, stdout } = await run({
      command: [...command, 'version', '--short'],
      env,
      ...(signal ? { signal } : {}),
    });
    if (code !== 0) return null;
    const version = stdout.trim().replace(/^v/, '');
    KNOWN.set(place, version);
    return version;
  } catch (error) {
    // Not there, or nothing that can be started.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
