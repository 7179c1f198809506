import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Scale } from './cell.js';

export interface Options extends Scale {
  readonly workers: number;
  /** Names of the sections to run; empty for all. */
  readonly sections: readonly string[];
}

const FULL_TRIALS = 2_000;
const QUICK_TRIALS = 250;

/** `--quick`, `--trials N`, `--seed N`, `--workers N`, `--section NAME` (repeatable). */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      trials: { type: 'string' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      section: { type: 'string', multiple: true, default: [] },
    },
  });
  return {
    trials: whole('trials', values.trials ?? String(values.quick ? QUICK_TRIALS : FULL_TRIALS)),
    seed: whole('seed', values.seed),
    workers: whole('workers', values.workers),
    sections: values.section,
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`--${name} ${text} is not a whole number of at least 1`);
  return value;
}
