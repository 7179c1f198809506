import { main } from '../../src/cli/main.js';
import type { Context, Output } from '../../src/model/index.js';

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Context['env'];
  readonly colour?: boolean;
}

/** The whole command line in this process, on streams that remember. */
export async function slopegate(
  argv: readonly string[],
  { cwd = process.cwd(), env = {}, colour = false }: Surroundings = {},
): Promise<Said> {
  const text = { out: '', err: '' };
  const stream = (key: 'out' | 'err'): Output => ({
    isTerminal: false,
    colour,
    width: 80,
    write: (more) => void (text[key] += more),
  });
  const clock = { seconds: () => 0, now: () => new Date('2026-11-21T12:00:00Z'), sleep: () => Promise.resolve() };
  const context: Context = {
    env,
    cwd,
    home: cwd,
    pid: process.pid,
    clock,
    salt: () => 'salt',
    signal: new AbortController().signal,
    hold: () => () => {},
    out: stream('out'),
    err: stream('err'),
  };
  const exit = await main(argv, { context, close: () => {} });
  return { exit, ...text };
}
