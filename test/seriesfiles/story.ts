import {
  compareGrowth,
  type CompareOptions,
  type Comparison,
  type ReadOptions,
  type RecordedRun,
} from '../../src/index.js';
import { readText } from '../../src/seriesfiles/index.js';

/** One reading of a made-up service. */
export interface Reading {
  readonly second: number;
  readonly requests: number;
  readonly bytes: number;
}

/** A service that answers 75 requests a second; memory moves in whole pages. */
export function story(leak: number, seed: number, { seconds = 300, every = 1, level = 120e6 } = {}): Reading[] {
  const readings: Reading[] = [];
  for (let second = 0; second < seconds; second += every) {
    const requests = 75 * (second + 1);
    const steps = [50, 130, 210].filter((at) => second > at + 7 * seed).length * 65_536;
    readings.push({
      second,
      requests,
      bytes: 4096 * Math.floor((level + seed * 8192 + steps + leak * requests) / 4096),
    });
  }
  return readings;
}

/** A file in some form, of the readings of a story. */
export type Written = (readings: readonly Reading[], name: string) => string;

export async function readWritten(
  text: string | Uint8Array,
  name = 'run.txt',
  options: ReadOptions = {},
): Promise<RecordedRun> {
  const pieces = typeof text === 'string' ? [text] : [new TextDecoder('utf-16le').decode(text)];
  const open = async function* (): AsyncGenerator<string> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  };
  return readText({ name, open, again: true }, options);
}

/** Three replicates of each side in the given form, judged: the candidate leaks 1,024 bytes a request. */
export async function judgeWritten(
  written: Written,
  read: ReadOptions = {},
  options: CompareOptions = {},
  { leak = 1024, every = 1, seconds = 300 } = {},
): Promise<Comparison> {
  const side = (name: string, perRequest: number, first: number): Promise<RecordedRun[]> =>
    Promise.all(
      [0, 1, 2].map((n) =>
        readWritten(
          written(story(perRequest, first + n, { every, seconds }), `${name}${n + 1}`),
          `${name}${n + 1}.txt`,
          read,
        ),
      ),
    );
  return compareGrowth({ baseline: await side('b', 0, 0), candidate: await side('c', leak, 3) }, options);
}

export const START = 1_732_700_000;
export const iso = (second: number): string => new Date((START + second) * 1000).toISOString();
export const mib = (bytes: number): number => bytes / 1024 ** 2;
