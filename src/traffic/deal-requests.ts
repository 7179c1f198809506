import type { TraceRequest } from '../model/index.js';
import type { Draws } from './draws.js';
import { forHttp2 } from './for-http2.js';
import type { RequestBuilder } from './request-builder.js';

/** What the requests of a trace are made from, at its beginning: it is used up by one time through. */
export interface Dealer {
  readonly draws: Draws;
  readonly builders: readonly RequestBuilder[];
  /** Places in `builders`, without end. */
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
