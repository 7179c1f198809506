import { SlopegateError, type Trace } from '../../model/index.js';
import type { Pacer } from './pacer.js';

/**
 * The times of the recording, `speed` times as fast: due(i) = at(i) / speed. The last line of a recording need not be
 * the latest one, so the schedule ends at the greatest time. @throws SlopegateError TRAFFIC_INVALID where a request has
 * no recorded time
 */
export function recordedPacer(speed: number, { requests }: Trace): Pacer {
  const missing = requests.find(({ at }) => at === undefined);
  if (missing !== undefined) {
    throw new SlopegateError('TRAFFIC_INVALID', `Request ${missing.index} ("${missing.label}") has no recorded time`, {
      hint: 'Only traffic imported from a format with times can be replayed at its own pace; state a rate instead',
    });
  }
  return {
    due: (index) => (requests[index]?.at ?? 0) / speed,
    inBurst: () => false,
    end: requests.reduce((latest, { at = 0 }) => Math.max(latest, at), 0) / speed,
  };
}
