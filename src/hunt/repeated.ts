import type { Trace, TraceRequest } from '../model/index.js';
import { createTraceDigest } from '../traffic/index.js';

/** A trace of equal requests. */
export function repeated(request: TraceRequest, length: number): Trace {
  // No request follows the last one of a batch. So the last one is not pipelined.
  const at = (index: number): TraceRequest =>
    index === length - 1 && request.behaviour?.pipelined === true
      ? { ...request, index, behaviour: { ...request.behaviour, pipelined: false } }
      : { ...request, index };
  const requests = Array.from({ length }, (_, index) => at(index));
  const digest = createTraceDigest();
  for (const one of requests) digest.add(one);
  return {
    seed: 0,
    length,
    requests,
    kinds: requests.slice(0, 1),
    digest: digest.hex(),
    labels: { [request.label]: length },
  };
}
