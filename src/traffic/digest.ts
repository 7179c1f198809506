import { createHash } from 'node:crypto';
import type { TraceRequest } from '../model/index.js';

/** What the digest covers: what goes over the wire, and the label it is counted under. */
export type DigestedRequest = Pick<TraceRequest, 'label' | 'method' | 'target' | 'headers' | 'body'>;

export interface TraceDigest {
  add(request: DigestedRequest): void;
  hex(): string;
}

/**
 * SHA-256 over requests in order. Each is framed without ambiguity: label, method, target, every header name and value
 * and the body, each behind its length in four bytes, the headers behind their number. A missing body and an empty one
 * are the same bytes on the wire and the same frame here.
 */
export function createTraceDigest(): TraceDigest {
  const hash = createHash('sha256').update('slopegate.trace/1\n');
  // One scratch buffer, grown as needed: frames taken from Node's shared pool would keep the pages of the bodies beside them alive.
  let scratch = Buffer.allocUnsafeSlow(4096);
  return {
    add(request) {
      const size = frameSize(request);
      if (size > scratch.length) scratch = Buffer.allocUnsafeSlow(size * 2);
      hash.update(scratch.subarray(0, writeFrame(request, scratch)));
    },
    hex: () => hash.copy().digest('hex'),
  };
}

function frameSize(request: DigestedRequest): number {
  let size = 20 + request.label.length * 3 + request.method.length + request.target.length + (request.body?.length ?? 0);
  for (const [name, value] of request.headers) size += 8 + name.length + value.length;
  return size;
}

/** Returns the number of bytes written. */
function writeFrame(request: DigestedRequest, bytes: Buffer): number {
  const labelLength = bytes.write(request.label, 4, 'utf8');
  let offset = bytes.writeUInt32BE(labelLength, 0) + labelLength;
  const text = (value: string): void => {
    offset = bytes.writeUInt32BE(value.length, offset);
    offset += bytes.write(value, offset, 'latin1');
  };
  text(request.method);
  text(request.target);
  offset = bytes.writeUInt32BE(request.headers.length, offset);
  for (const [name, value] of request.headers) {
    text(name);
    text(value);
  }
  offset = bytes.writeUInt32BE(request.body?.length ?? 0, offset);
  if (request.body !== null) bytes.set(request.body, offset);
  return offset + (request.body?.length ?? 0);
}
