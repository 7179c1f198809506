import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findCompose } from '../../src/compose/find-compose.js';
import type { ComposeModel } from '../../src/compose/model.js';
import { run, type CommandResult } from '../../src/compose/run.js';
import { startedModel } from '../../src/compose/started-model.js';

const FOLDER = fileURLToPath(new URL('corpus/', import.meta.url));
const compose = await findCompose({ ...process.env, COMPOSE_PROFILES: 'cpu' });

/** Names of the compose files in a folder of the corpus. */
export async function filesOf(folder = '.'): Promise<string[]> {
  return (await readdir(`${FOLDER}${folder}`)).filter((name) => name.endsWith('.yml')).sort();
}

/** What Compose makes of a file of the corpus, as a run resolves it. */
export async function resolved(file: string): Promise<ComposeModel> {
  const from = ['-p', 'vendor', '--project-directory', '/srv/vendor', '-f', `${FOLDER}${file}`];
  const { code, stdout, lines } = await run({
    command: [...compose.command, ...from, 'config', '--format', 'json'],
    env: compose.env,
  });
  if (code !== 0) throw new Error(`${file}: ${lines.join('\n')}`);
  return startedModel(JSON.parse(stdout) as ComposeModel);
}

/** What Compose says to a model that is fed back to it, as a run does: without any profile. */
export function fedBack(model: ComposeModel): Promise<CommandResult> {
  return run({
    command: [...compose.command, '-f', '-', 'config', '--format', 'json'],
    env: { ...compose.env, COMPOSE_PROFILES: undefined },
    cwd: '/',
    input: JSON.stringify(model),
  });
}
