import type { Metric } from '../model/index.js';
import { median } from '../statistics/numbers.js';
import type { Sample } from './sample.js';

export interface Second {
  readonly minimum: Sample;
  readonly median: Sample;
}

export interface SecondBucket {
  add(sample: Sample): void;
  /** Empties the bucket; null if nothing was added since the last time. */
  take(): Second | null;
}

/**
 * Collects the samples of one second. Slower readings would show bursts inside a second at random; the minimum does
 * not.
 */
export function secondBucket(): SecondBucket {
  let samples: Sample[] = [];
  return {
    add: (sample) => void samples.push(sample),
    take: () => {
      const taken = samples;
      samples = [];
      const second = summarize(taken);
      return Object.keys(second.minimum).length === 0 ? null : second;
    },
  };
}

/** Minimum and median of each metric over the samples that have it. */
export function summarize(samples: readonly Sample[]): Second {
  const columns = new Map<Metric, number[]>();
  for (const sample of samples)
    for (const [metric, value] of Object.entries(sample) as [Metric, number][]) {
      const column = columns.get(metric);
      if (column === undefined) columns.set(metric, [value]);
      else column.push(value);
    }
  const minimum: Sample = {};
  const medians: Sample = {};
  for (const [metric, column] of columns) {
    minimum[metric] = Math.min(...column);
    medians[metric] = median(column);
  }
  return { minimum, median: medians };
}
