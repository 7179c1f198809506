import type { ArmSettings } from '../model/index.js';
import { explainConfigFailure } from './config-failure.js';
import type { Compose } from './find-compose.js';
import type { ComposeModel } from './model.js';
import { environmentOf } from './arm-environment.js';
import { run } from './run.js';

type Variables = Readonly<Record<string, string>>;

const VALUES = 'x-slopegate-values';

/** Variables whose values become the contents of configs and secrets (`secrets: { token: { environment: TOKEN } }`). */
export function namesOfFileVariables(model: ComposeModel): string[] {
  const files = (['configs', 'secrets'] as const).flatMap((kind) =>
    Object.values((model[kind] ?? {}) as Readonly<Record<string, { readonly environment?: string } | null>>),
  );
  return [...new Set(files.flatMap((file) => file?.environment ?? []))];
}

/**
 * The values of these variables for the arm's compose files. Compose reads them only when it creates containers, and by
 * then the environment is slopegate's own. So Compose is asked for them when the files are resolved. A variable
 * without a value is left out.
 * @throws SlopegateError COMPOSE_CONFIG if Compose does not accept the files
 */
export async function readFileVariables(
  { compose, signal }: { readonly compose: Compose; readonly signal: AbortSignal },
  arm: ArmSettings,
  names: readonly string[],
  fill: (text: string) => string,
): Promise<Variables> {
  if (names.length === 0) return {};
  const asked = names.flatMap((name) => [`\${${name}-}`, `\${${name}+set}`]);
  const { code, stdout, lines } = await run({
    command: [
      ...compose.command,
      ...arm.compose.flatMap((file) => ['-f', file]),
      '-f',
      '-',
      'config',
      '--format',
      'json',
    ],
    env: { ...compose.env, ...environmentOf(arm, fill) },
    cwd: '/',
    input: JSON.stringify({ [VALUES]: asked }),
    signal,
  });
  if (code !== 0) throw explainConfigFailure(arm, lines);
  const answers = (JSON.parse(stdout) as ComposeModel)[VALUES] as readonly string[];
  return Object.fromEntries(
    names.flatMap((name, index) =>
      answers[index * 2 + 1] === 'set' ? [[name, (answers[index * 2] ?? '').replaceAll('$$', '$')]] : [],
    ),
  );
}
