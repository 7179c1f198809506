import type { TraceRequest } from '../../model/index.js';
import { chunkSizes, type DigestedRequest } from '../../traffic/index.js';
import { decodeChunks, encodeChunks } from './chunked-body.js';

/** The parts of a request that determine its bytes. */
export type WireRequest = Pick<TraceRequest, 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour'>;

const HEAD_END = '\r\n\r\n';

/** The bytes of a request: every header in its order and spelling, and nothing that is not in the trace. */
export function encodeRequest(request: WireRequest): Buffer {
  if (request.raw !== undefined) return Buffer.from(request.raw);
  let head = `${request.method} ${request.target} HTTP/${request.behaviour?.version ?? '1.1'}\r\n`;
  for (const [name, value] of request.headers) head += `${name}: ${value}\r\n`;
  const chunks = request.behaviour?.chunks;
  const body =
    chunks === undefined ? request.body : encodeChunks(request.body, chunkSizes(chunks, request.body?.length ?? 0));
  const bytes = Buffer.allocUnsafe(head.length + 2 + (body?.length ?? 0));
  const bodyStart = bytes.write(`${head}\r\n`, 'latin1');
  if (body !== null) bytes.set(body, bodyStart);
  return bytes;
}

/**
 * Reads those bytes again, so that the digest is computed from what was sent. What a behaviour does beyond the bytes,
 * and the meaning of exact bytes, comes from the request.
 */
export function decodeRequest(
  bytes: Buffer,
  { label, method, target, headers, body, raw, behaviour }: TraceRequest,
): DigestedRequest {
  if (raw !== undefined)
    return { label, method, target, headers, body, raw: bytes, ...(behaviour === undefined ? {} : { behaviour }) };
  const headEnd = bytes.indexOf(HEAD_END, 0, 'latin1');
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const methodEnd = requestLine.indexOf(' ');
  const targetEnd = requestLine.lastIndexOf(' ');
  const bodyStart = headEnd + HEAD_END.length;
  const rest = bodyStart === bytes.length ? null : bytes.subarray(bodyStart);
  const chunked = behaviour?.chunks === undefined ? null : decodeChunks(rest ?? Buffer.alloc(0));
  return {
    label,
    method: requestLine.slice(0, methodEnd),
    target: requestLine.slice(methodEnd + 1, targetEnd),
    headers: lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
    body: chunked === null ? rest : chunked.body,
    ...(behaviour === undefined
      ? {}
      : {
          behaviour: {
            ...behaviour,
            ...(behaviour.version === undefined
              ? {}
              : { version: requestLine.slice(targetEnd + 1) === 'HTTP/1.0' ? '1.0' : '1.1' }),
            ...(chunked === null ? {} : { chunks: chunked.sizes }),
          },
        }),
  };
}
