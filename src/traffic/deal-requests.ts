import type { TraceRequest } from '../model/index.js';
import type { Draws } from './draws.js';
import { forHttp2 } from './for-http2.js';
import type { RequestBuilder } from './request-builder.js';

/** The sources of a trace's requests, at its beginning. One iteration uses them up. */
export interface Dealer {
  readonly draws: Draws;
  readonly builders: readonly RequestBuilder[];
  /** Endless indices into `builders`. */
  readonly order: Iterator<number, never>;
  readonly http2: boolean;
}

export interface DealtRequest {
  /** The builder that made it. */
  readonly entry: number;
  readonly request: TraceRequest;
}

/** The first `count` requests, each made when it is asked for. */
export function* dealRequests({ draws, builders, order, http2 }: Dealer, count: number): Generator<DealtRequest> {
  for (let index = 0; index < count; index++) {
    const entry = order.next().value;
    const builder = builders[entry] as RequestBuilder;
    const request = builder.build(draws.next(builder.fields), index);
    yield { entry, request: http2 ? forHttp2(request) : request };
  }
}
