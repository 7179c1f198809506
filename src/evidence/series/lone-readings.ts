import type { Metric } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';

/** A lone reading is so many times as far from its neighbours as the series moves otherwise. */
const TIMES_AS_FAR = 10;
/** It is so many times its neighbours, or they are so many times it. */
const TIMES_AS_LARGE = 4;
/** A smaller burst does no harm to a slope, and is ordinary. */
const LEAST_COUNT = 100;
const LEAST_BYTES = 2 ** 24;
/** Of the steps between readings, this share is no larger than what is usual. */
const USUAL_SHARE = 0.95;
/** More of them than this share of the readings are bursts that the service has. */
const MOST_SHARE = 0.02;

/**
 * The places of lone readings that are far above or far below both neighbours, although the neighbours are alike: they
 * were misread. A step or a climb has such a distance on one side only. Empty if there are so many that the service has
 * such bursts.
 */
export function loneReadings(y: ArmSeries['y'], metric: Metric): readonly number[] {
  const least = metric.endsWith('_bytes') ? LEAST_BYTES : LEAST_COUNT;
  const usual = usualStep(y);
  const lone: number[] = [];
  for (let i = 1; i + 1 < y.length; i += 1) {
    const [before, value, next] = [y[i - 1] as number, y[i] as number, y[i + 1] as number];
    const [low, high] = [Math.min(before, next), Math.max(before, next)];
    const distance = Math.max(value - high, low - value);
    const stands = value > high ? value >= TIMES_AS_LARGE * high : low >= TIMES_AS_LARGE * value;
    if (distance >= least && stands && distance >= TIMES_AS_FAR * Math.max(usual, high - low)) lone.push(i);
  }
  return lone.length > Math.max(1, MOST_SHARE * y.length) ? [] : lone;
}

function usualStep(y: ArmSeries['y']): number {
  const steps = Array.from({ length: Math.max(0, y.length - 1) }, (_, i) =>
    Math.abs((y[i + 1] as number) - (y[i] as number)),
  ).sort((a, b) => a - b);
  return steps[Math.floor(USUAL_SHARE * (steps.length - 1))] ?? 0;
}
