import type { ReplayJob, Trace } from '../../model/index.js';
import { assertAllowedTarget } from '../target.js';
import { assertCarriable } from './carriable.js';
import { toAutocannon, urlOf } from './requests.js';
import { runAutocannon } from './run.js';

const CONNECTIONS = 8;
/** autocannon keeps the complete bytes of each request for each connection. */
const MOST_REQUESTS = 500;

export interface Saturation {
  readonly target: ReplayJob['target'];
  readonly trace: Trace;
  readonly seconds: number;
  readonly allowedHosts?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Requests per second that the target answers while eight connections send as fast as they can. No rate can be higher.
 * The requests of the trace are sent repeatedly.
 * @throws SlopegateError TRAFFIC_INVALID if autocannon cannot send them
 */
export async function saturate({ target, trace, seconds, allowedHosts, signal }: Saturation): Promise<number> {
  assertAllowedTarget(target.host, allowedHosts);
  assertCarriable(trace);
  const { requests, duration } = await runAutocannon(
    {
      url: urlOf(target),
      connections: CONNECTIONS,
      duration: seconds,
      requests: firstOf(trace.requests, MOST_REQUESTS).map(toAutocannon),
    },
    signal,
  );
  return duration > 0 ? requests.total / duration : 0;
}

function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const first: T[] = [];
  for (const one of all) {
    if (first.length === most) break;
    first.push(one);
  }
  return first;
}
