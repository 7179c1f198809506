import type { Trace, TraceRequest } from '../../src/model/index.js';
import { buildTrace } from '../../src/traffic/index.js';

/** A built trace with all of its requests at hand: fit for the short ones of tests. */
export interface ListedTrace extends Trace {
  readonly requests: readonly TraceRequest[];
}

export function listedTrace(...given: Parameters<typeof buildTrace>): ListedTrace {
  const trace = buildTrace(...given);
  return { ...trace, requests: [...trace.requests] };
}
