import type { SeriesNote, TimeSpan } from '../model/index.js';
import { seriesError, type RecordedRun, type RecordedSeries } from '../series/index.js';
import { FEWEST_JUDGED } from '../statistics/method.js';
import { gapWords, ofWhole } from '../words/statements/notes.js';

/**
 * Two readings have a hole between them if they are further apart than this many usual steps, and than this many
 * seconds.
 */
const STEPS = 10;
const SECONDS = 30;
const LOOKED_AT = 10_000;
/** Holes that are named, the first of all. */
const NAMED = 3;
/** If more than this share of a recording is missing, it is not judged as a whole (docs/method.md: a fifth). */
const MOST_MISSING = 0.2;

export interface Unbroken {
  readonly run: RecordedRun;
  readonly warnings: readonly SeriesNote[];
}

/**
 * The longest part of a recording without a hole, if holes take more than a fifth of it; otherwise the whole. In both
 * cases the holes are named.
 * @throws SlopegateError SERIES_INVALID if no part is long enough
 */
export function unbrokenPart(run: RecordedRun, metric: string): Unbroken {
  const warnings: SeriesNote[] = [];
  let current = run;
  for (let n = 0; n < run.services.length; n += 1) {
    const series = current.services[n] as RecordedSeries;
    const holes = holesIn(series, metric);
    const [begin, end] = [series.time[0] as number, series.time[series.time.length - 1] as number];
    const missing = holes.reduce((sum, { from, to }) => sum + to - from, 0);
    const gaps = {
      source: run.source,
      first: holes.slice(0, NAMED),
      gaps: holes.length,
      missingSeconds: missing,
      seconds: end - begin,
    };
    if (missing <= MOST_MISSING * (end - begin)) {
      if (holes.length > 0) warnings.push({ code: 'readings-missing', facts: gaps });
      continue;
    }
    const part = longestPart(holes, begin, end);
    current = cutTo(current, part);
    const rows = current.services[n]?.time.length ?? 0;
    if (rows < FEWEST_JUDGED)
      throw seriesError(
        `there are no readings at ${gapWords(gaps)}: ${ofWhole(gaps)} are missing, and no part ` +
          `without a gap has ${FEWEST_JUDGED} readings`,
        `${run.source}:1:1`,
        'record without a gap, or give a part of the file without one',
      );
    warnings.push({ code: 'part-judged', facts: { ...gaps, part } });
  }
  return { run: current, warnings };
}

function holesIn({ time, values }: RecordedSeries, metric: string): TimeSpan[] {
  const column = values[metric] ?? [];
  const first: number[] = [];
  const overSteps = (visit: (from: number, to: number) => void): void => {
    let before = Number.NaN;
    for (let row = 0; row < time.length; row += 1) {
      if (!Number.isFinite(column[row])) continue;
      const at = time[row] as number;
      if (Number.isFinite(before)) visit(before, at);
      before = at;
    }
  };
  overSteps((from, to) => {
    if (first.length < LOOKED_AT) first.push(to - from);
  });
  const usual = first.sort((a, b) => a - b)[first.length >> 1] ?? 0;
  const longest = Math.max(SECONDS, STEPS * usual);
  const holes: TimeSpan[] = [];
  overSteps((from, to) => {
    if (to - from > longest) holes.push({ from, to });
  });
  return holes;
}

function longestPart(holes: readonly TimeSpan[], begin: number, end: number): TimeSpan {
  const parts = [...holes, { from: end, to: end }].map((hole, n) => ({
    from: holes[n - 1]?.to ?? begin,
    to: hole.from,
  }));
  return parts.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a));
}

function cutTo(run: RecordedRun, { from, to }: TimeSpan): RecordedRun {
  const services = run.services.map((series) => {
    const time = Array.from(series.time);
    const first = time.findIndex((at) => at >= from);
    const last = time.findLastIndex((at) => at <= to) + 1;
    const cut = (column: ArrayLike<number>): Float64Array =>
      Float64Array.from(column).subarray(Math.max(0, first), last);
    return {
      ...series,
      time: cut(series.time),
      requests: series.requests == null ? null : cut(series.requests),
      values: Object.fromEntries(Object.entries(series.values).map(([name, column]) => [name, cut(column)])),
    };
  });
  return { ...run, services };
}
