import { SlopegateError, type Trace, type TraceRequest } from '../model/index.js';

/**
 * Requests of a trace by index, as a replay needs them: the one that is due, repeatedly, then the next one. An earlier
 * index starts again from the beginning.
 */
export function requestReader({
  requests,
  length,
}: Pick<Trace, 'requests' | 'length'>): (index: number) => TraceRequest {
  let iterator = requests[Symbol.iterator]();
  let latest: TraceRequest | null = null;
  let read = 0;
  return (index) => {
    if (index < read - 1) {
      iterator = requests[Symbol.iterator]();
      read = 0;
    }
    for (; read <= index; read += 1) {
      const { done, value } = iterator.next();
      if (done === true) throw new SlopegateError('INTERNAL', `Request ${index} was asked for; there are ${length}`);
      latest = value;
    }
    return latest as TraceRequest;
  };
}
