import { PRIMARY_METRIC, type Metric, type Reading } from '../model/index.js';
import type { RemedySeries } from '../results/index.js';
import { median } from '../statistics/numbers.js';

/** A level is the median of at least so many readings. */
const FEWEST_READINGS = 2;

/** The memory of one service, once per second. A second in which a container was not read is left out. */
export function levelsOf(readings: readonly Reading[], service: string, containers: number): RemedySeries {
  const seconds = new Map<number, Reading[]>();
  for (const reading of readings) {
    if (reading.service !== service || !isKnown(reading.minimum[PRIMARY_METRIC])) continue;
    const second = seconds.get(reading.time) ?? [];
    second.push(reading);
    seconds.set(reading.time, second);
  }
  const whole = [...seconds].filter(([, all]) => all.length === containers).sort(([a], [b]) => a - b);
  return {
    time: whole.map(([time]) => time),
    bytes: whole.map(([, all]) => sumOf(all, PRIMARY_METRIC) ?? 0),
    tasks: whole.map(([, all]) => sumOf(all, 'pids')),
  };
}

const isKnown = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function sumOf(readings: readonly Reading[], metric: Metric): number | null {
  const values = readings.map(({ minimum }) => minimum[metric]).filter(isKnown);
  return values.length < readings.length ? null : values.reduce((sum, one) => sum + one, 0);
}

/** The readings in which no more processes and threads ran than at any time before `since`, seconds. */
export function withoutOldProcesses(series: RemedySeries, since: number): RemedySeries {
  const { time, bytes, tasks } = series;
  const usual = Math.max(0, ...tasks.flatMap((count, i) => (count === null || time[i]! > since ? [] : [count])));
  const isUsual = (count: number | null | undefined): boolean =>
    usual === 0 || count === null || count === undefined || count <= usual;
  const keep = time.map((_, i) => isUsual(tasks[i]));
  return {
    time: time.filter((_, i) => keep[i]),
    bytes: bytes.filter((_, i) => keep[i]),
    tasks: tasks.filter((_, i) => keep[i]),
  };
}

/** The level after `from` and up to `to`, seconds; null if there are too few readings. */
export function levelBetween({ time, bytes }: RemedySeries, from: number, to: number): number | null {
  const inside = bytes.filter((_, i) => time[i]! > from && time[i]! <= to);
  return inside.length < FEWEST_READINGS ? null : median(inside);
}
