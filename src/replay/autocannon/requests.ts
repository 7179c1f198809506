import type autocannon from 'autocannon';
import type { TraceRequest } from '../../model/index.js';

/** autocannon writes these itself: the length of the body, and `Connection: keep-alive`. */
const OWN_HEADERS = new Set(['content-length', 'connection']);

/** A request of the trace in autocannon's form. */
export function toAutocannon({ method, target, headers, body }: TraceRequest): autocannon.Request {
  const kept = headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  return {
    method: method as NonNullable<autocannon.Request['method']>,
    path: target,
    headers: Object.fromEntries(kept),
    ...(body === null ? {} : { body: Buffer.from(body) }),
  };
}

export function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
