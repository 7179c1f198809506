import { SlopegateError, type Trace } from '../../model/index.js';

/** autocannon's clients write a request at once, then wait: a request that wants anything else is not for them. */
export function assertCarriable(trace: Trace): void {
  const odd = trace.requests.find(({ behaviour }) => behaviour !== undefined);
  if (odd === undefined) return;
  throw new SlopegateError(
    'TRAFFIC_INVALID',
    `Request ${odd.index} ("${odd.label}") has a behaviour (${Object.keys(odd.behaviour ?? {}).join(', ')}) that the autocannon engine cannot carry`,
    { hint: 'Use the wire engine for this traffic' },
  );
}
