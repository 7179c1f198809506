import { at, type Numbers } from '../numbers.js';
import { fitLine } from './ols.js';
import { partialWeights } from './partial-weights.js';

/** What was answered at the time of each reading. */
export interface LabelledAxis {
  /** Requests answered, all labels together. */
  readonly x: Numbers;
  /** Requests answered of each label. Their sum is x plus a constant. */
  readonly counts: readonly Numbers[];
  /** The pair of blocks of each reading, from 0. Each pair as a whole has the ordinary mix. */
  readonly pairs: Numbers;
}

/** Fewer readings than this give no line. */
const FEWEST_READINGS = 4;

/**
 * Weights that turn a memory series into its growth per request of each label: growthⱼ = Σ weightsⱼ·y. The growth
 * of a label is compared with the mean within pairs of blocks: each pair's own straight line is removed from memory and
 * from the labels' counts. So a cache that fills, a level that follows the mix, and steps between pairs do not blame a
 * label. The mean over the labels, weighted by their share of the requests, is the slope of `olsSlope` without the
 * effect that the varying mix has on that slope. Null if the labels cannot be separated. Domain: two labels or more, x
 * rising.
 * @throws RangeError outside it. Source: docs/attribution.md.
 */
export function labelWeights({ x, counts, pairs }: LabelledAxis): Float64Array[] | null {
  const found = partialWeights(counts.slice(0, -1).map((column) => withoutLines(x, column, pairs)));
  if (found === null) return null;
  const slope = slopeWeights(x);
  const shares = sharesOf(counts);
  // The last label differs from itself by 0. Counted from the mean of all labels, the differences weighted by share sum
  // to 0.
  const departures = [...found, new Float64Array(x.length)];
  const centred = departures.map((weights) => difference(weights, sumOf(departures, shares)));
  const mean = difference(
    slope,
    sumOf(
      centred,
      counts.map((column, j) => weightedGrowth(slope, column) - (shares[j] as number)),
    ),
  );
  return centred.map((weights) => Float64Array.from(weights, (value, i) => value + at(mean, i)));
}

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - at(b, i));

function sumOf(columns: readonly Float64Array[], factors: readonly number[]): Float64Array {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  for (const [j, column] of columns.entries())
    for (let i = 0; i < sum.length; i += 1) sum[i] = at(sum, i) + at(factors, j) * at(column, i);
  return sum;
}

/** Share of each label in what was answered between the first reading and the last. */
export function sharesOf(counts: readonly Numbers[]): number[] {
  const spans = counts.map((column) => at(column, column.length - 1) - at(column, 0));
  const total = spans.reduce((sum, span) => sum + span, 0);
  return spans.map((span) => span / total);
}

/**
 * Growth by the weights of one label, y units per request. y[0] is subtracted first, so a flat series gives exactly 0.
 */
export function weightedGrowth(weights: Numbers, y: Numbers): number {
  let sum = 0;
  for (let i = 0; i < y.length; i += 1) sum += at(weights, i) * (at(y, i) - at(y, 0));
  return sum;
}

/**
 * How much more one step of memory, at any place, can change this growth than it can change the slope of the whole; 1
 * for that slope itself.
 */
export function stepLeverage(weights: Numbers, x: Numbers): number {
  return greatestStep(weights) / greatestStep(slopeWeights(x));
}

function greatestStep(weights: Numbers): number {
  let [sum, most] = [0, 0];
  for (let i = weights.length - 1; i > 0; i -= 1) {
    sum += at(weights, i);
    most = Math.max(most, Math.abs(sum));
  }
  return most;
}

function slopeWeights(x: Numbers): Float64Array {
  const n = x.length;
  const mean = at(x, 0) + Array.from(x).reduce((sum, value) => sum + value - at(x, 0), 0) / n;
  const centred = Float64Array.from(x, (value) => value - mean);
  const square = centred.reduce((sum, value) => sum + value * value, 0);
  if (!(square > 0)) throw new RangeError('no growth per label: x does not vary');
  return centred.map((value) => value / square);
}

/** A column minus the straight line through each pair of blocks; 0 in a pair with too few readings. */
function withoutLines(x: Numbers, column: Numbers, pairs: Numbers): Float64Array {
  const rest = new Float64Array(column.length);
  for (let from = 0, to = 0; from < column.length; from = to) {
    while (to < column.length && at(pairs, to) === at(pairs, from)) to += 1;
    const [xs, ys] = [x, column].map((values) => Array.from({ length: to - from }, (_, i) => at(values, from + i))) as [
      number[],
      number[],
    ];
    if (to - from < FEWEST_READINGS || xs[0] === xs.at(-1)) continue;
    const { slope, centre } = fitLine(xs, ys);
    for (let i = from; i < to; i += 1) rest[i] = at(column, i) - centre.y - slope * (at(x, i) - centre.x);
  }
  return rest;
}
