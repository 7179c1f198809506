import { PRIMARY_METRIC, type Reading } from '../model/index.js';
import type { RemedySeries } from '../results/index.js';
import { median } from '../statistics/numbers.js';

/** A level is the median of at least so many readings. */
const FEWEST_READINGS = 2;

/** The memory of one service in bytes, once per second. A second in which a container was not read is left out. */
export function levelsOf(readings: readonly Reading[], service: string, containers: number): RemedySeries {
  const seconds = new Map<number, number[]>();
  for (const reading of readings) {
    const bytes = reading.minimum[PRIMARY_METRIC];
    if (reading.service !== service || typeof bytes !== 'number' || !Number.isFinite(bytes)) continue;
    const second = seconds.get(reading.time) ?? [];
    second.push(bytes);
    seconds.set(reading.time, second);
  }
  const whole = [...seconds].filter(([, bytes]) => bytes.length === containers).sort(([a], [b]) => a - b);
  return {
    time: whole.map(([time]) => time),
    bytes: whole.map(([, bytes]) => bytes.reduce((sum, one) => sum + one, 0)),
  };
}

/** The level after `from` and up to `to`, seconds; null if there are too few readings. */
export function levelBetween({ time, bytes }: RemedySeries, from: number, to: number): number | null {
  const inside = bytes.filter((_, i) => time[i]! > from && time[i]! <= to);
  return inside.length < FEWEST_READINGS ? null : median(inside);
}
