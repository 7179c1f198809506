import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { slopegate, type Said } from './in-process.js';
import { temporaryFolder } from './runs.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

/** What one row of a recording has, by its arm, replicate and reading. */
interface Reading {
  readonly arm: 'b' | 'c';
  readonly replicate: number;
  readonly row: number;
  /** Requests answered so far. */
  readonly requests: number;
}
interface Case {
  readonly columns: string;
  readonly readings: number;
  readonly everySeconds: number;
  readonly cells: (reading: Reading) => readonly number[];
}

const RATE = 75;
/** Pages of memory that come and go, other ones in each recording. */
const noise = ({ arm, replicate, row }: Reading): number =>
  4096 * ((row * 7 + replicate * 13 + (arm === 'c' ? 5 : 0)) % 11);
const memory = (reading: Reading, perRequest: number): number =>
  30e6 + noise(reading) + (reading.arm === 'c' ? Math.round(perRequest * reading.requests) : 0);

/** Three recordings of each side as CSV, compared by the command. */
async function compared({ columns, readings, everySeconds, cells }: Case): Promise<Said> {
  using folder = temporaryFolder();
  const argv = (['b', 'c'] as const).flatMap((arm) =>
    [1, 2, 3].flatMap((replicate) => {
      const rows = Array.from({ length: readings }, (_, row) => {
        const requests = RATE * everySeconds * row;
        return [everySeconds * row, requests, ...cells({ arm, replicate, row, requests })].join(',');
      });
      writeFileSync(join(folder.path, `${arm}${replicate}.csv`), `time_s,requests,${columns}\n${rows.join('\n')}\n`);
      return [arm === 'b' ? '--baseline' : '--candidate', `${arm}${replicate}.csv`];
    }),
  );
  return await slopegate(['compare', ...argv], { cwd: folder.path });
}

describe('recordings of the kinds that were judged wrongly once', () => {
  test.each<[string, Case, number, RegExp]>([
    [
      'a unit that nothing tells is asked for',
      { columns: 'rss', readings: 300, everySeconds: 1, cells: (one) => [Math.round(memory(one, 0) / 1024)] },
      2,
      /"rss" states no unit/,
    ],
    [
      'a reading every 15 s, 22 of them, and a large leak',
      { columns: 'anon_bytes', readings: 22, everySeconds: 15, cells: (one) => [memory(one, 5_000)] },
      1,
      /grows faster in the candidate/,
    ],
    [
      'the same without a leak',
      { columns: 'anon_bytes', readings: 22, everySeconds: 15, cells: (one) => [memory(one, 0)] },
      3,
      /only 1\d readings.*needed for a PASS/s,
    ],
    [
      'readings of one side that are stuck for the whole window',
      {
        columns: 'anon_bytes',
        readings: 300,
        everySeconds: 1,
        cells: (one) => [memory(one.arm === 'c' ? { ...one, row: Math.min(one.row, 40) } : one, 0)],
      },
      3,
      /memory of the candidate .*did not .* by one byte.*Its readings may be stuck/,
    ],
    [
      'too few for anything',
      { columns: 'anon_bytes', readings: 8, everySeconds: 15, cells: (one) => [memory(one, 5_000)] },
      2,
      /only 8 readings/,
    ],
    [
      'a leak of descriptors behind one absurd count',
      {
        columns: 'anon_bytes,fds',
        readings: 300,
        everySeconds: 1,
        cells: (one) => [
          memory(one, 0),
          one.arm === 'c' && one.row === 150 ? 60_000 : 13 + (one.arm === 'c' ? Math.floor(one.requests / 2) : 0),
        ],
      },
      1,
      /left out as misread/,
    ],
  ])('%s', async (_, given, exit, says) => {
    const said = await compared(given);
    expect(`${said.out}${said.err}`.replaceAll(/\s+/g, ' ')).toMatch(says);
    expect(said.exit).toBe(exit);
  });
});
