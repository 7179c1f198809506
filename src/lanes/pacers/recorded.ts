import { SlopegateError, type Trace } from '../../model/index.js';
import { requestReader } from '../request-reader.js';
import type { Pacer } from './pacer.js';

/**
 * The times of the recording, `speed` times as fast: due(i) = at(i) / speed. The last line of a recording need not be
 * the latest one, so the schedule ends at the greatest time. @throws SlopegateError TRAFFIC_INVALID if a request has
 * no recorded time
 */
export function recordedPacer(speed: number, trace: Trace): Pacer {
  const { requests, recordedEnd, length } = trace;
  if (recordedEnd === undefined && length > 0) throw withoutTime(requests);
  const requestAt = requestReader(trace);
  return {
    due: (index) => (index < length ? (requestAt(index).at ?? 0) : 0) / speed,
    inBurst: () => false,
    end: (recordedEnd ?? 0) / speed,
  };
}

function withoutTime(requests: Trace['requests']): SlopegateError {
  for (const { index, label, at } of requests)
    if (at === undefined)
      return new SlopegateError('TRAFFIC_INVALID', `Request ${index} ("${label}") has no recorded time`, {
        hint: 'Only traffic from a format with times has a recorded schedule; set traffic.rate instead',
      });
  return new SlopegateError('INTERNAL', 'A trace whose requests all have times does not say when they end');
}
