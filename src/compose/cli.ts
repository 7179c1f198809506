import type { ArmSettings } from '../model/index.js';
import { environmentOf } from './arm-environment.js';
import { explainConfigFailure } from './config-failure.js';
import { explainBuildFailure, explainUpFailure, type Line } from './failures.js';
import type { Compose } from './find-compose.js';
import type { ComposeModel } from './model.js';
import { run } from './run.js';
import { startedModel } from './started-model.js';

interface Call {
  readonly compose: Compose;
  readonly signal: AbortSignal;
  readonly onLine?: Line;
}

/**
 * `docker compose config`: the arm's files merged, with variables filled in, and with the services that would be
 * started. Dollar signs stay doubled, so that the model can be given to Compose again.
 */
export async function resolveModel(
  { compose, signal }: Call,
  arm: ArmSettings,
  fill: (text: string) => string = (text) => text,
): Promise<ComposeModel> {
  const files = arm.compose.flatMap((file) => ['-f', file]);
  const { code, stdout, lines } = await run({
    command: [...compose.command, ...files, 'config', '--format', 'json'],
    env: { ...compose.env, ...environmentOf(arm, fill) },
    cwd: '/',
    signal,
  });
  if (code === 0) return startedModel(JSON.parse(stdout) as ComposeModel);
  throw explainConfigFailure(arm, lines);
}

/** Builds every service of the model with BuildKit; its log comes line by line. */
export async function buildImages(call: Call, model: ComposeModel): Promise<void> {
  const result = await withModel(call, model, ['build']);
  if (result.code !== 0) throw explainBuildFailure(result.lines);
}

/** Creates networks, volumes and containers, and starts none of them. */
export async function createProject(call: Call, model: ComposeModel): Promise<void> {
  const result = await withModel(call, model, ['up', '--no-start', '--no-build', '--pull', 'never']);
  if (result.code !== 0) throw explainUpFailure(result.lines);
}

/** Creates and starts every service of the model. The images must exist. */
export async function startProject(call: Call, model: ComposeModel): Promise<void> {
  const result = await withModel(call, model, ['up', '--detach', '--no-build', '--pull', 'never']);
  if (result.code !== 0) throw explainUpFailure(result.lines);
}

/** The model is given through standard input, because it may contain secrets, which must not be on the disk. */
function withModel({ compose, signal, onLine }: Call, model: ComposeModel, args: readonly string[]) {
  return run({
    command: [...compose.command, '--ansi', 'never', '-f', '-', ...args],
    env: { ...compose.env, DOCKER_BUILDKIT: '1' },
    // Every path in a resolved model is absolute. In another folder, an .env file could change the result.
    cwd: '/',
    input: JSON.stringify(model),
    signal,
    ...(onLine ? { onLine } : {}),
  });
}
