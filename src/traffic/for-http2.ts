import { CONNECTION_HEADERS, isTrailers, type TraceRequest } from '../model/index.js';

/**
 * A request as HTTP/2 clients make it: names in lower case, Host (the later `:authority`) first, headers of the same
 * name together, and none of the connection's own, which recordings of HTTP/1 hold. Done before the digest is taken,
 * which so covers what is sent.
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
