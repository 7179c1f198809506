import { clockTime, dateAndTime } from '../../words/clock.js';
import { shortTime } from '../../words/numbers.js';
import { curvesOf, valueAt, type Curve, type Pair } from './curve.js';

/** What stands below a place of the horizontal axis; null if nothing is known there. */
export type Below = (place: number) => string | null;

/** Clocks of both versions that differ by less are shown as one. */
const SAME_CLOCK_SECONDS = 1;

/** Seconds since the trial began at a place of the axis; not a number outside the curve. */
function secondsAt({ x, time }: Curve): (place: number) => number {
  const points = x.map((at, index) => [at, time[index] ?? Number.NaN] as const);
  return (place) => valueAt(points, place);
}

function row(curve: Curve, words: (seconds: number) => string): Below {
  const at = secondsAt(curve);
  return (place) => (Number.isFinite(at(place)) ? words(at(place)) : null);
}

/** The time since the trial began at each place of the axis. */
export const timeBelow = (curve: Curve): Below => row(curve, shortTime);

/** One clock for trials that ran at the same time; undefined if they did not, or if a clock was not recorded. */
export function sharedClock(trials: readonly { readonly clockAtZero?: string }[]): string | undefined {
  const [first] = trials.map(({ clockAtZero }) => clockAtZero);
  if (first === undefined) return undefined;
  const apart = (other: string | undefined): number => Math.abs(Date.parse(other ?? '') - Date.parse(first));
  return trials.every(({ clockAtZero }) => apart(clockAtZero) < SAME_CLOCK_SECONDS * 1000) ? first : undefined;
}

/** Rows below the numbers of a chart, and the title of its horizontal axis. */
export function timeRows(pair: Pair, axis: 'requests' | 'seconds'): { readonly title: string; readonly rows: Below[] } {
  const [curve] = curvesOf([pair]);
  const clock = sharedClock(curvesOf([pair]));
  const perRequest = axis === 'requests';
  const rows = [
    ...(perRequest && curve !== undefined ? [timeBelow(curve)] : []),
    ...(clock !== undefined && curve !== undefined ? [row(curve, (seconds) => clockTime(clock, seconds))] : []),
  ];
  if (clock === undefined)
    return {
      title: perRequest ? 'requests answered, and the time since the start' : 'seconds since the trial began',
      rows,
    };
  return { title: perRequest ? 'requests answered, time since the start, UTC' : 'seconds since the start, UTC', rows };
}

/** `, began 2026-11-28 14:01:00 UTC`; both clocks if the arms ran one after the other; empty if no clock is known. */
export function beganWords(pair: Pair): string {
  const shared = sharedClock(curvesOf([pair]));
  if (shared !== undefined) return `, began ${dateAndTime(shared)} UTC`;
  const known = curvesOf([pair]).flatMap(({ arm, clockAtZero }) =>
    clockAtZero === undefined ? [] : [`${arm} ${dateAndTime(clockAtZero)} UTC`],
  );
  return known.length === 0 ? '' : `, began: ${known.join(', ')}`;
}
