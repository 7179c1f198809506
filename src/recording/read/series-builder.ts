import type { Metric, SeriesColumn } from '../../model/index.js';
import { growingColumn, type GrowingColumn } from './growing-column.js';

type Columns = Partial<Record<Metric, SeriesColumn>>;

/** Readings of one container in one trial, by column. */
export interface ContainerSeries {
  readonly time: SeriesColumn;
  readonly requests: SeriesColumn;
  readonly minimum: Columns;
  readonly median: Columns;
}

export interface SeriesBuilder {
  /**
   * Adds a reading; false if it is not later than the one before. NaN means missing; in `median` it means equal to the
   * minimum.
   */
  add(time: number, requests: number, minimum: ArrayLike<number>, median: ArrayLike<number>): boolean;
  finish(): ContainerSeries;
}

/** What is kept of each reading. */
export interface Wanted {
  /** Name of the metric at each index of the values; undefined if it is not wanted. */
  readonly metrics: readonly (Metric | undefined)[];
  readonly medians: boolean;
}

export function seriesBuilder({ metrics, medians }: Wanted): SeriesBuilder {
  const places = [...metrics.keys()].filter((place) => metrics[place] !== undefined);
  const time = growingColumn();
  const requests = growingColumn();
  const minimum: (GrowingColumn | undefined)[] = [];
  const median: (GrowingColumn | undefined)[] = [];
  let length = 0;
  let latest = Number.NEGATIVE_INFINITY;
  const append = (columns: (GrowingColumn | undefined)[], place: number, value: number): void => {
    if (Number.isNaN(value) && columns[place] === undefined) return;
    (columns[place] ??= growingColumn(length)).push(value);
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
    add: (at, answered, least, typical) => {
      if (!(at > latest)) return false;
      latest = at;
      time.push(at);
      requests.push(answered);
      for (const place of places) {
        const low = least[place] ?? Number.NaN;
        const middle = typical[place] ?? Number.NaN;
        append(minimum, place, low);
        if (medians) append(median, place, Number.isNaN(middle) ? low : middle);
      }
      length += 1;
      return true;
    },
    finish: () => ({
      time: time.finish(),
      requests: requests.finish(),
      minimum: collect(minimum),
      median: collect(median),
    }),
  };
}
