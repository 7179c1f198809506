import type { Metric, TrialRecording } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';
import { FEWEST_ANSWERED } from '../../statistics/method.js';
import { cut, sumOf } from '../series/cut.js';
import { containerUnread, endsEarly, objection } from '../series/usable.js';
import type { Window } from '../series/window.js';

/** What each request uses up, in units of the metric per request: in the whole window and in parts of it. */
export interface Spent {
  readonly whole: number;
  readonly firstThird: number;
  readonly lastThird: number;
}

/**
 * What one arm uses up per request, from a metric that counts since its containers started; null if it was not measured
 * to the window's end. Several services are added up.
 */
export function spentIn(
  trial: TrialRecording,
  services: readonly string[],
  metric: Metric,
  window: Window,
): Spent | null {
  if (services.length === 0 || containerUnread(trial, services) !== null) return null;
  const parts: ArmSeries[] = [];
  for (const name of services) {
    const service = trial.services.find((one) => one.service === name);
    const part = service && cut(service, metric, window, 'requests');
    // A container that was started again counts from 0 again.
    if (!part || falls(part.y)) return null;
    parts.push(part);
  }
  const sum = sumOf(parts);
  if (sum === null || objection(sum, window, 'requests', FEWEST_ANSWERED, trial) !== null) return null;
  return endsEarly(sum, window) === null ? perRequest(sum) : null;
}

function perRequest(series: ArmSeries): Spent | null {
  const { x, y } = series;
  const [from, to] = [x[0] as number, x[x.length - 1] as number];
  const [start, end] = [y[0] as number, y[y.length - 1] as number];
  const requests = to - from;
  const third = requests / 3;
  return {
    whole: (end - start) / requests,
    firstThird: (valueAt(series, from + third) - start) / third,
    lastThird: (end - valueAt(series, to - third)) / third,
  };
}

function falls(y: ArmSeries['y']): boolean {
  for (let i = 1; i < y.length; i += 1) if ((y[i] as number) < (y[i - 1] as number)) return true;
  return false;
}

/** The value at a number of requests inside the series, interpolated. */
function valueAt({ x, y }: ArmSeries, requests: number): number {
  let i = 1;
  while (i < x.length - 1 && (x[i] as number) < requests) i += 1;
  const [x0, x1] = [x[i - 1] as number, x[i] as number];
  const [y0, y1] = [y[i - 1] as number, y[i] as number];
  return y0 + ((y1 - y0) * (requests - x0)) / (x1 - x0);
}
