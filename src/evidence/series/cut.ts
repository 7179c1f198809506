import type { Metric, SeriesColumn, ServiceSeries } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';
import type { Window } from './window.js';

export type Axis = 'requests' | 'seconds';

/** The column that is judged: the minimum of each second, or its median if a source has no minimum. */
export function columnOf(service: ServiceSeries, metric: Metric): SeriesColumn | null {
  const column = service.minimum[metric] ?? service.median[metric];
  return column !== undefined && column.some(Number.isFinite) ? column : null;
}

/** The readings of one service in the window, without missing ones. Null if the metric was never read. */
export function cut(service: ServiceSeries, metric: Metric, window: Window, axis: Axis): ArmSeries | null {
  const column = columnOf(service, metric);
  if (column === null) return null;
  const { time } = service;
  const x = axis === 'requests' ? service.requests : time;
  // A reading is about the second that ends at its time. So a reading exactly at the window's start belongs to the time
  // before.
  const inside = (_: number, i: number): boolean => {
    const at = time[i] as number;
    return at > window.from && at <= window.to && Number.isFinite(x[i]) && Number.isFinite(column[i]);
  };
  const first = Math.max(0, time.findIndex(inside));
  const last = time.findLastIndex(inside);
  const stretch = (values: SeriesColumn): SeriesColumn => values.subarray(first, last + 1);
  const whole = { time: stretch(time), x: stretch(x), y: stretch(column) };
  // Usually nothing is missing. Then a long recording need not be copied.
  if (whole.time.every((_, i) => inside(_, first + i))) return whole;
  const present = (values: SeriesColumn): SeriesColumn => values.filter(inside);
  return { time: present(time), x: present(x), y: present(column) };
}

/** The part of a series after a moment, as views. */
export function after({ time, x, y }: ArmSeries, from: number): ArmSeries {
  let first = 0;
  while (first < time.length && (time[first] as number) <= from) first += 1;
  const rest = (values: ArmSeries['x']): Float64Array => (values as Float64Array).subarray(first);
  return { time: rest(time), x: rest(x), y: rest(y) };
}

/** The same series with its x-axis beginning at `origin`: the phases of two arms may begin at different times. */
export function fromOrigin({ time, x, y }: ArmSeries, origin: number): ArmSeries {
  return { time, x: Float64Array.from(x, (value) => value - origin), y };
}

/**
 * Sum of several services of one arm at the seconds of the first one. The others are interpolated. Null if they do not
 * overlap.
 */
export function sumOf(parts: readonly ArmSeries[]): ArmSeries | null {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first ?? null;
  const from = Math.max(...parts.map(({ time }) => time[0] ?? Infinity));
  const to = Math.min(...parts.map(({ time }) => time[time.length - 1] ?? -Infinity));
  const kept = Array.from(first.time, (_, i) => i).filter(
    (i) => (first.time[i] as number) >= from && (first.time[i] as number) <= to,
  );
  if (kept.length === 0) return null;
  const time = Float64Array.from(kept, (i) => first.time[i] as number);
  const y = Float64Array.from(kept, (i) => first.y[i] as number);
  for (const other of others) addInterpolated(y, time, other);
  return { time, x: Float64Array.from(kept, (i) => first.x[i] as number), y };
}

function addInterpolated(sum: Float64Array, time: Float64Array, other: ArmSeries): void {
  let j = 0;
  for (let i = 0; i < time.length; i += 1) {
    const at = time[i] as number;
    while (j < other.time.length - 2 && (other.time[j + 1] as number) <= at) j += 1;
    const [t0, t1] = [other.time[j] as number, other.time[j + 1] ?? (other.time[j] as number)];
    const [y0, y1] = [other.y[j] as number, other.y[j + 1] ?? (other.y[j] as number)];
    sum[i] = (sum[i] as number) + (t1 > t0 ? y0 + ((y1 - y0) * (at - t0)) / (t1 - t0) : y0);
  }
}
