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

async function versionOf(command: readonly string[], env: Environment, signal?: AbortSignal): Promise<string | null> {
  try {
    const { code, stdout } = await run({
      command: [...command, 'version', '--short'],
      env,
      ...(signal ? { signal } : {}),
    });
    return code === 0 ? stdout.trim().replace(/^v/, '') : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
