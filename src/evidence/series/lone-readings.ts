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
/** Low readings at the end, at most this many, are not a level: the process was ending, or the last line was cut. */
const MOST_AT_END = 4;
/** They are below this share of the lowest reading before. */
const END_SHARE = 0.5;
/** More of them than this share of the readings are bursts that the service has. */
const MOST_SHARE = 0.02;

/**
 * The places of lone readings that are far above or far below both neighbours, although the neighbours are alike: they
 * were misread. A step or a climb has such a distance on one side only. None if there are so many that the service has
 * such bursts. A few very low readings at the end have no neighbour after them, and are named too.
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
  const bursts = lone.length > Math.max(1, MOST_SHARE * y.length);
  return [...(bursts ? [] : lone), ...lowEnd(y, TIMES_AS_FAR * usual)];
}

/** The places of the last readings if they are few, and far below all readings before. */
function lowEnd(y: ArmSeries['y'], least: number): readonly number[] {
  const values = Array.from(y);
  for (let first = Math.max(1, values.length - MOST_AT_END); first < values.length; first += 1) {
    const before = values.slice(0, first).reduce((low, value) => Math.min(low, value), Infinity);
    const after = Math.max(...values.slice(first));
    if (after < END_SHARE * before && before - after > least)
      return Array.from({ length: values.length - first }, (_, i) => first + i);
  }
  return [];
}

function usualStep(y: ArmSeries['y']): number {
  const steps = Array.from({ length: Math.max(0, y.length - 1) }, (_, i) =>
    Math.abs((y[i + 1] as number) - (y[i] as number)),
  ).sort((a, b) => a - b);
  return steps[Math.floor(USUAL_SHARE * (steps.length - 1))] ?? 0;
}
