import type { TraceRequest, VisitStep } from '../model/index.js';
import type { DealtRequest } from './deal-requests.js';

/**
 * The first `count` requests of a trace that begins again after every `size` requests. A request that comes again has
 * the same bytes and another index, and a visit that comes again is another visit.
 * @param once the first `most` requests, made anew
 */
export function* repeated(
  once: (most: number) => Iterable<DealtRequest>,
  size: number,
  count: number,
): Generator<DealtRequest> {
  for (let before = 0; before < count; before += size)
    for (const { entry, request } of once(Math.min(size, count - before)))
      yield { entry, request: before === 0 ? request : later(request, before) };
}

/** The same request, `by` requests later. */
function later(request: TraceRequest, by: number): TraceRequest {
  const { visit } = request;
  return { ...request, index: request.index + by, ...(visit !== undefined && { visit: laterVisit(visit, by) }) };
}

/** A visit has one request or more, so numbers that are raised by requests still rise. */
const laterVisit = (visit: VisitStep, by: number): VisitStep => ({
  ...visit,
  number: visit.number + by,
  fill: (values) => later(visit.fill(values), by),
});
