import { CONNECTION_HEADERS, isTrailers, type TraceRequest } from '../model/index.js';

/**
 * A request as HTTP/2 clients send it: names in lower case, Host (the later `:authority`) first, headers with the same
 * name together, and no connection headers, which recordings of HTTP/1 have. This is done before the digest, so the
 * digest covers what is sent.
 */
export function forHttp2(request: TraceRequest): TraceRequest {
  const groups = new Map<string, (readonly [string, string])[]>([['host', []]]);
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (CONNECTION_HEADERS.includes(lower) && !isTrailers(lower, value)) continue;
    const group = groups.get(lower);
    if (group === undefined) groups.set(lower, [[lower, value]]);
    else group.push([lower, value]);
  }
  return { ...request, headers: [...groups.values()].flat() };
}
