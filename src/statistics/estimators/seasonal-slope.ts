import { MOST_PERIODS, STEP_BINS } from '../method.js';
import { equalCountBins } from './bins.js';
import { at, mean, median, type Curve, type Numbers } from '../numbers.js';

/**
 * A long series is averaged into this many bins first, because the time of the search grows with the square of their
 * number.
 */
const MOST_BINS = 4 * STEP_BINS;

/**
 * Slope of a series that contains something periodic (a job every minute), y units per x unit: the median of what one
 * period adds, divided by the x of a period. Readings that are one period apart are at the same place in the period, so
 * the shape of the period cancels. The period is chosen between a sixth and a half of the series: the one whose
 * additions vary least. Domain: readings at equal distances, 12 or more, x rising. @throws RangeError outside it.
 * Source: seasonal differencing (Box and Jenkins, Time Series Analysis, §9.1).
 * @example seasonalSlope({ x, y: x.map((second) => 3 * second + (second % 60 < 10 ? 5e6 : 0)) }) // 3
 */
export function seasonalSlope(curve: Curve): number {
  if (!tellsPeriods(curve)) throw new RangeError(`no period is told from ${curve.y.length} readings`);
  const { x, y } = curve.y.length > MOST_BINS ? equalCountBins(curve, MOST_BINS) : curve;
  const n = y.length;
  let best = { spread: Infinity, slope: 0 };
  for (let lag = Math.ceil(n / MOST_PERIODS); lag <= Math.floor(n / 2); lag += 1) {
    const added = changesOver(y, lag);
    const typical = median(added);
    const spread = mean(added.map((change) => Math.abs(change - typical)));
    if (spread < best.spread) best = { spread, slope: typical / mean(changesOver(x, lag)) };
  }
  return best.slope;
}

/** Whether a series has enough readings to find a period. */
export function tellsPeriods({ y }: Curve): boolean {
  return y.length >= 2 * MOST_PERIODS;
}

function changesOver(values: Numbers, lag: number): Float64Array {
  return Float64Array.from({ length: values.length - lag }, (_, i) => at(values, i + lag) - at(values, i));
}
