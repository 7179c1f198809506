import type { SeriesFault } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/growth-evidence.js';
import { FEWEST_POINTS, FEWEST_READ_SHARE } from '../../statistics/method.js';
import type { Axis } from './cut.js';
import type { Window } from './window.js';

/** Why a cut series is no evidence; null where it is. */
export function objection(
  series: ArmSeries | null,
  window: Window,
  axis: Axis,
  fewestRequests: number,
): SeriesFault | null {
  if (series === null) return { code: 'not-measured', facts: {} };
  const points = series.x.length;
  if (points < FEWEST_POINTS) return { code: 'few-readings', facts: { readings: points, needed: FEWEST_POINTS } };
  const span = (series.x[points - 1] as number) - (series.x[0] as number);
  if (!(span > 0)) return { code: axis === 'requests' ? 'nothing-answered' : 'no-time', facts: {} };
  if (axis === 'requests' && span < fewestRequests)
    return { code: 'few-requests', facts: { requests: span, needed: fewestRequests } };
  const covered = (series.time[points - 1] as number) - (series.time[0] as number);
  if (covered < FEWEST_READ_SHARE * (window.to - window.from))
    return { code: 'short-coverage', facts: { seconds: covered, windowSeconds: window.to - window.from } };
  return null;
}
