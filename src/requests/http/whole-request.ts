import { unsendable } from '../../traffic/bytes.js';
import type { RequestParts } from '../entry.js';
import { escapeBytes } from '../url.js';

/** A request with the version from its first line. Texts are byte strings. */
export interface WholeRequest {
  readonly method: string;
  readonly target: string;
  /** As in `HTTP/1.1`; may be empty. */
  readonly version: string;
  readonly headers: RequestParts['headers'];
  readonly body: Buffer | null;
}

/** The parts of a request if they give exactly its bytes; otherwise the parts and the exact bytes. */
export function asParts(request: WholeRequest): RequestParts {
  const { method, target, version, headers } = request;
  const body = request.body === null || request.body.length === 0 ? null : request.body;
  const parts = { method, target, headers, body };
  const plain =
    (version === 'HTTP/1.1' || version === 'HTTP/1.0') && unsendable(parts) === null && lengthIsRight(request);
  if (plain) return version === 'HTTP/1.0' ? { ...parts, behaviour: { version: '1.0' } } : parts;
  return { ...parts, target: escapeBytes(target), raw: bytesOf(request) };
}

/** The bytes of a request as they are sent, whatever they say. */
function bytesOf({ method, target, version, headers, body }: WholeRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${target} ${version}\r\n${lines}\r\n`, 'latin1');
  return body === null ? head : Buffer.concat([head, body]);
}

export function valuesOf({ headers }: Pick<WholeRequest, 'headers'>, lowerCaseName: string): readonly string[] {
  return headers.filter(([name]) => name.toLowerCase() === lowerCaseName).map(([, value]) => value);
}

export function has(request: Pick<WholeRequest, 'headers'>, lowerCaseName: string): boolean {
  return valuesOf(request, lowerCaseName).length > 0;
}

/** Whether the stated length is the body's. Without a stated length, whether there is no body. */
function lengthIsRight(request: WholeRequest): boolean {
  const stated = valuesOf(request, 'content-length');
  const length = request.body?.length ?? 0;
  if (has(request, 'transfer-encoding')) return false;
  return stated.length === 0 ? length === 0 : stated.length === 1 && stated[0] === String(length);
}
