import { createHistogram } from 'node:perf_hooks';

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Counts milliseconds for a few percentiles. Its memory does not grow with their number. */
export interface PercentileCounter {
  add(milliseconds: number): void;
  /** All zero if nothing was added. */
  result(): Percentiles;
}

const LONGEST_MS = 3_600_000;
const PER_MS = 1000;
/** Digits that Node's histogram distinguishes and that are reported. */
const DIGITS = 3;

/** Nearest-rank percentiles to three digits, over microseconds; the greatest value exactly. */
export function percentileCounter(): PercentileCounter {
  const histogram = createHistogram({ lowest: 1, highest: LONGEST_MS * PER_MS, figures: DIGITS });
  let any = false;
  let max = 0;
  return {
    add: (milliseconds) => {
      any = true;
      max = Math.max(max, milliseconds);
      // A histogram begins at one: it does not distinguish 0 and one microsecond.
      histogram.record(Math.min(LONGEST_MS * PER_MS, Math.max(1, Math.round(milliseconds * PER_MS))));
    },
    result: () => {
      const at = (percent: number): number => {
        const microseconds = any ? histogram.percentile(percent) : 0;
        return microseconds <= 1 ? 0 : Math.min(max, Number((microseconds / PER_MS).toPrecision(DIGITS)));
      };
      return { p50: at(50), p99: at(99), max };
    },
  };
}
