import type { TraceRequest } from '../model/index.js';

const FRAMING = ['content-length', 'transfer-encoding'];

/** The request with another body, and with the headers that say where it ends. Null: without a body. */
export function withBody(request: TraceRequest, body: Uint8Array | null): TraceRequest {
  const headers = request.headers.filter(([name]) => !FRAMING.includes(name.toLowerCase()));
  if (body === null) return { ...request, headers, body };
  const framing =
    request.behaviour?.chunks === undefined
      ? (['Content-Length', String(body.length)] as const)
      : (['Transfer-Encoding', 'chunked'] as const);
  return { ...request, headers: [...headers, framing], body };
}
