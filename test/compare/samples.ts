import { Readable } from 'node:stream';
import type { ReadOptions } from '../../src/index.js';
import type { RecordedRun, RecordedSeries } from '../../src/series/recorded-series.js';
import { readText } from '../../src/seriesfiles/index.js';

/** CSV of `rows` seconds from a formula per column. */
export function csv(
  columns: Readonly<Record<string, (second: number) => number | string>>,
  rows = 40,
  end = '\n',
): string {
  const names = Object.keys(columns);
  return (
    [
      names.join(','),
      ...Array.from({ length: rows }, (_, second) => names.map((name) => columns[name]?.(second)).join(',')),
    ].join(end) + end
  );
}

/** Reads a text in pieces of `size` characters, as a stream would bring it. */
export function read(text: string, options: ReadOptions = {}, size = 7): Promise<RecordedRun> {
  const pieces = text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
  return readText({ name: 'run.csv', open: () => Readable.from(pieces), again: true }, options);
}

export interface Story {
  readonly seconds?: number;
  readonly rate?: number;
  readonly perRequest: number;
  /** Allocator steps of this replicate: a few at seconds that differ with the seed. */
  readonly seed: number;
  readonly descriptorsPerRequest?: number;
  readonly counted?: boolean;
  /** Idle seconds after the load. */
  readonly after?: number;
  /** Bytes that are gained in each second, with or without load. */
  readonly perSecond?: number;
}

/** A made-up service: three idle seconds, load at a steady rate, idle seconds. */
export function madeUp({
  seconds = 300,
  rate = 75,
  perRequest,
  seed,
  descriptorsPerRequest = 0,
  counted = true,
  after = 8,
  perSecond = 0,
}: Story): RecordedSeries {
  const rows = seconds + 3 + after;
  const time = Array.from({ length: rows }, (_, row) => row);
  const requests = time.map((at) => rate * Math.min(seconds, Math.max(0, at - 2)));
  const steps = (at: number): number => [40, 110, 190].filter((step) => at > step + 13 * seed).length * 20_480;
  const anon = time.map(
    (at, row) =>
      4096 *
      Math.floor((25e6 + (at > 2 ? 4e6 : 0) + steps(at) + perRequest * (requests[row] ?? 0) + perSecond * at) / 4096),
  );
  return {
    time,
    requests: counted ? requests : null,
    values: {
      anon_bytes: anon,
      fds: time.map((_, row) => 30 + Math.floor(descriptorsPerRequest * (requests[row] ?? 0))),
    },
  };
}
