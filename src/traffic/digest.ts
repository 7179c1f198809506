import { createHash } from 'node:crypto';
import type { RequestBehaviour, TraceRequest } from '../model/index.js';
import { chunkSizes } from './chunks.js';

/** What the digest covers: the bytes on the wire, and the label. */
export type DigestedRequest = Pick<
  TraceRequest,
  'label' | 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour'
>;

export interface TraceDigest {
  add(request: DigestedRequest): void;
  hex(): string;
}

/**
 * SHA-256 over requests in order. The encoding is unambiguous: label, method, target, every header name and value, and
 * the body, each after its length in four bytes, and the headers after their number. A missing body and an empty one
 * are the same bytes on the wire and have the same encoding here. Exact bytes and a behaviour follow after a length
 * that no label can have, so traces without them keep their digest.
 */
export function createTraceDigest(): TraceDigest {
  const hash = createHash('sha256').update('slopegate.trace/1\n');
  // One buffer that grows if needed. Buffers from Node's shared pool would keep the memory pages of neighbouring
  // bodies.
  let scratch = Buffer.allocUnsafeSlow(4096);
  return {
    add(request) {
      const size = frameSize(request);
      if (size > scratch.length) scratch = Buffer.allocUnsafeSlow(size * 2);
      hash.update(scratch.subarray(0, writeFrame(request, scratch)));
      if (request.raw !== undefined || request.behaviour !== undefined) hash.update(extension(request));
    },
    hex: () => hash.copy().digest('hex'),
  };
}

function frameSize(request: DigestedRequest): number {
  let size =
    20 + request.label.length * 3 + request.method.length + request.target.length + (request.body?.length ?? 0);
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

const NO_LENGTH = 0xffffffff;

function extension(request: DigestedRequest): Buffer {
  const lengths = Buffer.alloc(12);
  const behaviour = Buffer.from(
    request.behaviour === undefined ? '' : canonical(request.behaviour, request.body?.length ?? 0),
    'utf8',
  );
  lengths.writeUInt32BE(NO_LENGTH, 0);
  lengths.writeUInt32BE(request.raw?.length ?? NO_LENGTH, 4);
  lengths.writeUInt32BE(behaviour.length, 8);
  return Buffer.concat([lengths, request.raw ?? Buffer.alloc(0), behaviour]);
}

/** Keys in alphabetical order; chunk sizes as they really are for this body. */
function canonical(behaviour: RequestBehaviour, bodyLength: number): string {
  const { chunks, ...rest } = behaviour;
  const complete = chunks === undefined ? rest : { ...rest, chunks: chunkSizes(chunks, bodyLength) };
  return JSON.stringify(complete, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
