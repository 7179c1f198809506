import type { ArmSeries } from '../../statistics/estimators/growth-evidence.js';
import { FEWEST_POINTS, FEWEST_READINGS } from '../options.js';
import { count } from '../../words/numbers.js';
import type { Axis } from './cut.js';
import type { Window } from './window.js';

/** Why a cut series is no evidence; null where it is. */
export function objection(series: ArmSeries | null, window: Window, axis: Axis, fewestRequests: number): string | null {
  if (series === null) return 'was not measured';
  const points = series.x.length;
  if (points < FEWEST_POINTS)
    return `has only ${count(points)} readings in the window (at least ${FEWEST_POINTS} are needed)`;
  const span = (series.x[points - 1] as number) - (series.x[0] as number);
  if (!(span > 0)) return axis === 'requests' ? 'answered nothing in the window' : 'has no time in the window';
  if (axis === 'requests' && span < fewestRequests)
    return `answered only ${count(span)} requests in the window (at least ${count(fewestRequests)} are needed)`;
  const covered = (series.time[points - 1] as number) - (series.time[0] as number);
  if (covered < FEWEST_READINGS * (window.to - window.from))
    return `was read for only ${count(covered)} of the window's ${count(window.to - window.from)} seconds`;
  return null;
}
