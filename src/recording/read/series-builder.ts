import type { Metric } from '../../model/index.js';
import { growingColumn } from './growing-column.js';
import type { GrowingColumn } from './growing-column.js';

type Columns = Partial<Record<Metric, Float64Array>>;

/** Readings of one container in one trial, by column. */
export interface ContainerSeries {
  readonly time: Float64Array;
  readonly requests: Float64Array;
  readonly minimum: Columns;
  readonly median: Columns;
}

export interface SeriesBuilder {
  /** Adds a reading; false where it is not later than the one before. In `median` null stands for the minimum. */
  add(time: number, requests: number, minimum: readonly (number | null)[], median: readonly (number | null)[]): boolean;
  finish(): ContainerSeries;
}

/** @param metrics name of each place in the arrays of values; undefined where it is not wanted */
export function seriesBuilder(metrics: readonly (Metric | undefined)[]): SeriesBuilder {
  const time = growingColumn();
  const requests = growingColumn();
  const minimum: (GrowingColumn | undefined)[] = [];
  const median: (GrowingColumn | undefined)[] = [];
  let length = 0;
  let latest = Number.NEGATIVE_INFINITY;
  const append = (columns: (GrowingColumn | undefined)[], place: number, value: number | null): void => {
    if (value === null && columns[place] === undefined) return;
    (columns[place] ??= growingColumn(length)).push(value ?? Number.NaN);
  };
  const collect = (columns: readonly (GrowingColumn | undefined)[]): Columns => {
    const collected: Columns = {};
    metrics.forEach((metric, place) => {
      const column = columns[place];
      if (metric !== undefined && column !== undefined) collected[metric] = column.finish();
    });
    return collected;
  };
  return {
    add: (at, answered, minima, medians) => {
      if (!(at > latest)) return false;
      latest = at;
      time.push(at);
      requests.push(answered);
      metrics.forEach((metric, place) => {
        if (metric === undefined) return;
        const least = minima[place] ?? null;
        append(minimum, place, least);
        append(median, place, medians[place] ?? least);
      });
      length += 1;
      return true;
    },
    finish: () => ({ time: time.finish(), requests: requests.finish(), minimum: collect(minimum), median: collect(median) }),
  };
}
