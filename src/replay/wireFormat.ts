import type { TraceRequest } from '../model/index.js';

/** A request as read back from the bytes that were sent. */
export type SentRequest = Pick<TraceRequest, 'method' | 'target' | 'headers' | 'body'>;

const HEAD_END = '\r\n\r\n';

/** The request as it goes over the wire: every header in its order and spelling, and nothing that the trace does not hold. */
export function encodeRequest(request: SentRequest): Buffer {
  let head = `${request.method} ${request.target} HTTP/1.1\r\n`;
  for (const [name, value] of request.headers) head += `${name}: ${value}\r\n`;
  const bytes = Buffer.allocUnsafe(head.length + 2 + (request.body?.length ?? 0));
  const bodyStart = bytes.write(`${head}\r\n`, 'latin1');
  if (request.body !== null) bytes.set(request.body, bodyStart);
  return bytes;
}

/** Reads those bytes again, so that the digest of what was sent is taken from what was sent. */
export function decodeRequest(bytes: Buffer): SentRequest {
  const headEnd = bytes.indexOf(HEAD_END, 0, 'latin1');
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const methodEnd = requestLine.indexOf(' ');
  const bodyStart = headEnd + HEAD_END.length;
  return {
    method: requestLine.slice(0, methodEnd),
    target: requestLine.slice(methodEnd + 1, requestLine.lastIndexOf(' ')),
    headers: lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)] as const;
    }),
    body: bodyStart === bytes.length ? null : bytes.subarray(bodyStart),
  };
}
