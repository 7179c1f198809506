import type { OutgoingHttpHeaders } from 'node:http2';
import type { TraceRequest } from '../../model/index.js';
import type { DigestedRequest } from '../../traffic/index.js';

/** The header list of a request in the form of `forHttp2`. Node sends the keys in this order. */
export function toHeaders({ method, target, headers }: TraceRequest, scheme: 'http' | 'https'): OutgoingHttpHeaders {
  const list: Record<string, string | string[]> = { ':method': method, ':scheme': scheme };
  for (const [name, value] of headers) {
    if (name === 'host') list[':authority'] = value;
    else list[name] = name in list ? [list[name] as string | string[], value].flat() : value;
  }
  list[':path'] = target;
  return list;
}

/** Reads such a list again, so that the digest is computed from what the session got. */
export function readBack(
  list: OutgoingHttpHeaders,
  body: Uint8Array | null,
  { label, behaviour }: TraceRequest,
): DigestedRequest {
  const headers = Object.entries(list).flatMap(([name, value]) => {
    if (name === ':authority') return [['host', String(value)] as const];
    return name.startsWith(':') ? [] : [value].flat().map((one) => [name, String(one)] as const);
  });
  return {
    label,
    method: String(list[':method']),
    target: String(list[':path']),
    headers,
    body,
    ...(behaviour === undefined ? {} : { behaviour }),
  };
}
