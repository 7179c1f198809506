import { SlopegateError } from '../model/index.js';
import { run, type Environment } from './run.js';

/** A working Compose v2: its command and its version. */
export interface Compose {
  readonly command: readonly string[];
  readonly version: string;
  readonly env: Environment;
}

const CANDIDATES = [['docker', 'compose'], ['docker-compose']] as const;

/** Finds Compose v2, as a plugin or as a command of its own. COMPOSE_MISSING if there is none. */
export async function findCompose(env: Environment, signal?: AbortSignal): Promise<Compose> {
  const composeEnv = { ...env, COMPOSE_FILE: undefined, COMPOSE_PROJECT_NAME: undefined };
  for (const command of CANDIDATES) {
    const version = await versionOf(command, composeEnv, signal);
    if (version !== null && Number(version.split('.')[0]) >= 2) return { command, version, env: composeEnv };
  }
  throw new SlopegateError('COMPOSE_MISSING', 'Docker Compose v2 was not found.', {
    hint:
      'Install the Compose plugin (Debian: docker-compose or docker-compose-plugin); `docker compose ' +
      'version` must answer with 2 or later.',
  });
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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
