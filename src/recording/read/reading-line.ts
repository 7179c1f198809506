import { MOST_REQUESTS, MOST_SECONDS, mostOf } from '../../journal/largest.js';

/** A reading in the form of JSON: trial, service, container, elapsed seconds, requests answered, minima and medians. */
export interface ReadingLine {
  readonly t: string;
  readonly s: string;
  readonly c: number;
  readonly e: number;
  readonly n: number;
  readonly m: readonly (number | null)[];
  readonly d: readonly (number | null)[];
}

/** Whether a line has the parts of a reading, with any numbers. */
export function isReadingLine(line: object, places: number): line is ReadingLine {
  const { t, s, c, e, n, m, d } = line as Partial<ReadingLine>;
  const isColumn = (values: unknown): boolean =>
    Array.isArray(values) &&
    values.length === places &&
    values.every((value) => value === null || typeof value === 'number');
  return (
    typeof t === 'string' &&
    typeof s === 'string' &&
    typeof c === 'number' &&
    typeof e === 'number' &&
    typeof n === 'number' &&
    isColumn(m) &&
    isColumn(d)
  );
}

/** The place of a number that no run can have measured: its key, and its index in a column. */
export type Impossible = readonly [key: 'e' | 'n'] | readonly [key: 'm' | 'd', place: number];

/** @param metrics the metric at each index of the columns */
export function possibleReadings(metrics: readonly string[]) {
  const most = metrics.map(mostOf);
  const wrongIn = (values: ArrayLike<number>): number => {
    for (let place = 0; place < most.length; place += 1) {
      const value = values[place] as number;
      // NaN means missing.
      if (value < 0 || value > (most[place] as number)) return place;
    }
    return -1;
  };
  /** The first impossible number of a reading; null if all are possible. */
  return (time: number, requests: number, minimum: ArrayLike<number>, median: ArrayLike<number>): Impossible | null => {
    if (!(time >= 0 && time <= MOST_SECONDS)) return ['e'];
    if (!(requests >= 0 && requests <= MOST_REQUESTS)) return ['n'];
    const low = wrongIn(minimum);
    if (low >= 0) return ['m', low];
    const middle = wrongIn(median);
    return middle >= 0 ? ['d', middle] : null;
  };
}
