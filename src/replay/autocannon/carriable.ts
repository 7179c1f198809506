import { SlopegateError, type Trace, type TraceRequest } from '../../model/index.js';

/** The methods that autocannon can send and whose answers it can read. After HEAD it would wait for a body. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Refuses requests that autocannon's public options cannot send exactly as they are in the trace.
 * @throws SlopegateError TRAFFIC_INVALID with the first such request
 */
export function assertCarriable(trace: Trace): void {
  for (const request of trace.kinds) {
    const reason = objectionTo(request);
    if (reason !== null)
      throw new SlopegateError(
        'TRAFFIC_INVALID',
        `Request ${request.index} ("${request.label}") ${reason}: the autocannon engine cannot send this`,
        { hint: 'Use the wire engine for this traffic' },
      );
  }
}

function objectionTo({ behaviour, raw, method, headers }: TraceRequest): string | null {
  if (behaviour !== undefined) return `has a behaviour (${Object.keys(behaviour).join(', ')})`;
  if (raw !== undefined) return 'has exact bytes';
  if (!METHODS.has(method)) return `has the method ${method}`;
  const names = headers.map(([name]) => name.toLowerCase());
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) return `has the header ${repeated} twice`;
  return names.includes('transfer-encoding') ? 'has a transfer encoding' : null;
}
