import * as fc from 'fast-check';
import type { ReplayJob, Trace, TraceRequest } from '../../src/model/index.js';
import { createTraceDigest, forHttp2 } from '../../src/traffic/index.js';
import type { ListedTrace } from '../traffic/listed-trace.js';

export type RequestParts = Partial<
  Pick<TraceRequest, 'label' | 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour' | 'at'>
>;

export function traceOf(parts: readonly RequestParts[]): ListedTrace {
  const digest = createTraceDigest();
  const labels: Record<string, number> = {};
  const requests = parts.map((part, index): TraceRequest => {
    const body = part.body ?? null;
    const length: TraceRequest['headers'] =
      body === null || part.behaviour?.chunks !== undefined ? [] : [['Content-Length', String(body.length)]];
    const request: TraceRequest = {
      index,
      label: part.label ?? 'page',
      expect: 'any',
      method: part.method ?? 'GET',
      target: part.target ?? `/${index}`,
      headers: [['Host', 'test'], ...(part.headers ?? []), ...length],
      body,
      ...(part.raw && { raw: part.raw }),
      ...(part.behaviour && { behaviour: part.behaviour }),
      ...(part.at !== undefined && { at: part.at }),
    };
    digest.add(request);
    labels[request.label] = (labels[request.label] ?? 0) + 1;
    return request;
  });
  const times = requests.map(({ at }) => at);
  const recordedEnd = times.includes(undefined) ? {} : { recordedEnd: Math.max(0, ...(times as number[])) };
  return {
    seed: 0,
    length: requests.length,
    requests,
    kinds: requests,
    digest: digest.hex(),
    labels,
    ...recordedEnd,
  };
}

/** `count` plain requests for `/0`, `/1`… */
export function numbered(count: number): ListedTrace {
  return traceOf(Array.from({ length: count }, () => ({})));
}

/** The trace as `buildTrace` makes it for HTTP/2. */
export function h2Trace(trace: ListedTrace): ListedTrace {
  const digest = createTraceDigest();
  const requests = trace.requests.map(forHttp2);
  for (const request of requests) digest.add(request);
  return { ...trace, requests, kinds: requests, digest: digest.hex() };
}

export function jobOf(port: number, trace: Trace, overrides: Partial<ReplayJob> = {}): ReplayJob {
  return {
    target: { host: '127.0.0.1', port },
    trace,
    rate: null,
    blockedStatuses: [403],
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** Requests with odd but sendable parts: repeated and numeric header names, bytes above ASCII, binary bodies. */
export const anyParts: fc.Arbitrary<RequestParts> = fc.record({
  label: fc.constantFrom('a', 'b', 'c'),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PROPFIND', 'get'),
  target: fc.stringMatching(/^\/[!-~]{0,30}$/),
  headers: fc.array(
    fc.tuple(fc.stringMatching(/^[Xx0-9][A-Za-z0-9_-]{0,10}$/), fc.stringMatching(/^[\t -~\u0080-\u00ff]{0,20}$/)),
    { maxLength: 6 },
  ),
  body: fc.option(fc.uint8Array({ minLength: 1, maxLength: 300 }), { nil: null }),
});
