import type { Estimate, Remedy, RemedyApplication } from '../results/index.js';
import { tUpperQuantile } from '../statistics/distributions/student-t.js';
import { fitLine } from '../statistics/estimators/ols.js';
import { ALLOCATOR_QUANTUM_BYTES, CONFIDENCE, REMEDY_FIRST } from '../statistics/method.js';
import { mean, standardDeviation } from '../statistics/numbers.js';

/** Memory is counted in pages of this size, bytes. */
const PAGE_BYTES = 4096;

/**
 * Bytes that each application leaves behind. After a restart all processes are new, so the levels after restarts do not
 * depend on each other: a line is fitted to them. A process that lives on keeps what each application left: the mean of
 * the differences is taken. Null with fewer than three values.
 */
export function leftBehind(kind: Remedy['kind'], applications: readonly RemedyApplication[]): Estimate | null {
  return kind === 'restart' ? byLine(applications) : byDifferences(applications);
}

function byLine(applications: readonly RemedyApplication[]): Estimate | null {
  const known = applications.flatMap(({ number, after }) => (after === null ? [] : [{ number, after }]));
  if (known.length < 3) return null;
  const line = fitLine(
    known.map(({ number }) => number),
    known.map(({ after }) => after),
  );
  const steps = known.length - 1;
  return around(line.slope, quantile(known.length - 2) * line.slopeError, PAGE_BYTES / steps);
}

/** What was left behind from one application to the next, without the first ones. */
export function laterLeft(applications: readonly RemedyApplication[]): readonly number[] {
  return applications.filter(({ number }) => number > REMEDY_FIRST + 1).flatMap((one) => one.left ?? []);
}

function byDifferences(applications: readonly RemedyApplication[]): Estimate | null {
  const left = laterLeft(applications);
  if (left.length < 3) return null;
  const error = standardDeviation(left) / Math.sqrt(left.length);
  return around(mean(left), quantile(left.length - 1) * error, ALLOCATOR_QUANTUM_BYTES / left.length);
}

const quantile = (degrees: number): number => tUpperQuantile((1 - CONFIDENCE) / 2, degrees);

/** Levels that are equal to the byte do not show that nothing is left: the interval has a least width. */
function around(value: number, width: number, least: number): Estimate {
  const half = Math.max(width, least);
  return { value, lower: value - half, upper: value + half, confidence: CONFIDENCE };
}
