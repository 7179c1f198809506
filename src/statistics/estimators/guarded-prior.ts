import { quickNormalUpperTail } from '../distributions/normal.js';
import { tUpperQuantile } from '../distributions/student-t.js';

/** A sample contradicts the prior if its standard deviation is above this many priors. */
export const AGREEMENT = 1.3;
/** Degrees of freedom up to which a prior is useful; with five replicates or more it brings nothing. */
export const MOST_DEGREES = 3;
/** Share of alpha that remains for the t-test of samples that contradict the prior. */
export const CONFLICT_SHARE = 0.8;

/** Quantiles that are used instead of Student's t. */
export interface GuardedQuantiles {
  /** Factor on the prior if the sample agrees with it. */
  readonly agreeing: number;
  /** Factor on the sample's standard deviation if it does not. */
  readonly conflicting: number;
}

const POINTS = 100;
/**
 * True spreads, in priors, at which the error rate is controlled: from far below to far above. Beyond both ends it
 * falls.
 */
const SPREADS = Array.from({ length: 120 }, (_, i) => 0.25 * (400 / 0.25) ** (i / 119));

/**
 * Probability of a bound on the wrong side if the true standard deviation is `spread` priors and values are normal. The
 * sample's spread is independent of its mean, so one integral over the chi distribution with `df` degrees of freedom
 * gives it exactly.
 */
export function guardedSize({ agreeing, conflicting }: GuardedQuantiles, df: number, spread: number): number {
  const most = Math.sqrt(df) + 8;
  // There is a jump between agreement and conflict: integrate on both sides of it. Beyond it, only up to the point
  // after which Student's t is never exceeded.
  const edge = Math.min(most, (AGREEMENT * Math.sqrt(df)) / spread);
  const end = Math.max(edge, Math.min(most, (8 * Math.sqrt(df)) / conflicting));
  const inside = chiIntegral(df, 0, edge, () => 1) * quickNormalUpperTail(agreeing / spread);
  const outside = chiIntegral(df, edge, end, (chi) => quickNormalUpperTail((conflicting * chi) / Math.sqrt(df)));
  return (inside + outside) / CHI_TOTALS[df - 1]!;
}

/** ∫ chi^(df−1) exp(−chi²/2) over all chi, for 1, 2 and 3 degrees of freedom. */
const CHI_TOTALS = [Math.sqrt(Math.PI / 2), 1, Math.sqrt(Math.PI / 2)];

function chiIntegral(df: number, from: number, to: number, value: (chi: number) => number): number {
  const step = (to - from) / POINTS;
  let sum = 0;
  for (let i = 0; i < POINTS; i += 1) {
    const chi = from + (i + 0.5) * step;
    sum += chi ** (df - 1) * Math.exp((-chi * chi) / 2) * value(chi) * step;
  }
  return sum;
}

const known = new Map<string, GuardedQuantiles>();

/**
 * A test that uses a prior and keeps its error rate whatever the truth is. If the sample's spread agrees with the prior
 * (at most 1.3 of it), the half-width is `agreeing` times the prior. If it does not, the half-width is Student's t at
 * 0.8 alpha. `agreeing` is the smallest factor with which the probability of error is at most alpha for *every* true
 * standard deviation. So a wrong prior (a candidate noisier than the A/A runs) costs power and never causes errors.
 * Domain: 1 to 3 degrees of freedom, 0 < alpha < 0.5.
 * @throws RangeError outside it.
 */
export function guardedQuantiles(alpha: number, df: number): GuardedQuantiles {
  if (!(df >= 1 && df <= MOST_DEGREES)) throw new RangeError(`no prior is used with ${df} degrees of freedom`);
  const name = `${alpha} ${df}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const conflicting = tUpperQuantile(CONFLICT_SHARE * alpha, df);
  const holds = (agreeing: number): boolean =>
    SPREADS.every((spread) => guardedSize({ agreeing, conflicting }, df, spread) <= alpha);
  // With the t quantile at the limit of agreement, the test is stricter than Student's everywhere.
  let [low, high] = [0, conflicting * AGREEMENT];
  while (high - low > 1e-4 * high) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  const quantiles = { agreeing: high, conflicting };
  known.set(name, quantiles);
  return quantiles;
}
