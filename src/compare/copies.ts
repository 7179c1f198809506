import type { ArmName, Copied, SeriesNote } from '../model/index.js';
import { seriesError, type RecordedRun, type RecordedSeries } from '../series/index.js';
import { copyWords } from '../words/statements/notes.js';

/** Two recordings with this many different levels are not equal by chance. */
const NOT_BY_CHANCE = 10;

export interface WithoutCopies {
  readonly arms: Readonly<Record<ArmName, readonly RecordedRun[]>>;
  readonly warnings: readonly SeriesNote[];
}

/**
 * Leaves out each replicate with a recording that was already given: a copy is not additional evidence.
 * @throws SlopegateError SERIES_INVALID if nothing remains
 */
export function withoutCopies(baseline: readonly RecordedRun[], candidate: readonly RecordedRun[]): WithoutCopies {
  const seen: RecordedRun[] = [];
  const kept: number[] = [];
  const warnings: SeriesNote[] = [];
  let last: Copied | null = null;
  for (const index of baseline.keys()) {
    const pair = [baseline[index] as RecordedRun, candidate[index] as RecordedRun];
    const copies = pair.flatMap((run, n) => {
      const twin = [...seen, ...pair.slice(0, n)].find(
        (other) => other.source === run.source || sameReadings(other, run),
      );
      return twin === undefined ? [] : [{ run, twin }];
    });
    seen.push(...pair);
    if (copies.length === 0) kept.push(index);
    for (const { run, twin } of copies) {
      last = { source: run.source, twin: twin.source === run.source ? null : twin.source };
      warnings.push({ code: 'copy-left-out', facts: { ...last, replicate: index + 1 } });
    }
  }
  if (kept.length === 0 && last !== null)
    throw seriesError(
      `${copyWords(last)}, and no replicate is left without a copy`,
      `${baseline[0]?.source}:1:1`,
      'a recording compared with itself shows no difference of versions; give recordings of different containers',
    );
  const keep = (runs: readonly RecordedRun[]): RecordedRun[] => runs.filter((_, index) => kept.includes(index));
  return { arms: { baseline: keep(baseline), candidate: keep(candidate) }, warnings };
}

function sameReadings(a: RecordedRun, b: RecordedRun): boolean {
  return (
    a.services.length === b.services.length &&
    a.services.every((series, n) => {
      const other = b.services[n];
      return other !== undefined && sameSeries(series, other);
    })
  );
}

function sameSeries(a: RecordedSeries, b: RecordedSeries): boolean {
  if (a.time.length !== b.time.length) return false;
  const columns = Object.entries(a.values);
  if (!columns.every(([name, column]) => same(column, b.values[name]))) return false;
  // Levels that hardly change can be equal by chance. Then times and counts must be equal too.
  if (columns.some(([, column]) => new Set(Array.from(column).slice(0, 100_000)).size >= NOT_BY_CHANCE)) return true;
  return same(fromFirst(a.time), fromFirst(b.time)) && same(a.requests ?? [], b.requests ?? []);
}

function fromFirst(time: ArrayLike<number>): Float64Array {
  return Float64Array.from(time, (at) => at - (time[0] as number));
}

function same(a: ArrayLike<number>, b: ArrayLike<number> | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false;
  for (let row = 0; row < a.length; row += 1) if (!Object.is(a[row], b[row])) return false;
  return true;
}
