import {
  isChunked,
  MalformedRequest,
  statedLength,
  withLength,
  type NoteKind,
  type RequestParts,
} from '../../requests/index.js';

/** What an audit log contains of a body, and in which form. */
export interface Logged {
  /** The byte strings that the body may have been, the most likely first; null if nothing is logged. */
  readonly bodies: readonly Buffer[] | null;
  /** Whether line breaks may come after the body. */
  readonly breaksFollow: boolean;
  /** Whether the request came over HTTP/2, in which bodies need no stated length. */
  readonly http2: boolean;
}

/**
 * Headers and body of a logged request. The length that the request stated is the proof: if no logged form has this
 * length, the body is not known.
 * @throws MalformedRequest with the reason
 */
export function withLoggedBody(
  { method, headers }: Pick<RequestParts, 'method' | 'headers'>,
  { bodies, breaksFollow, http2 }: Logged,
): { readonly headers: RequestParts['headers']; readonly body: Buffer | null; readonly notes: readonly NoteKind[] } {
  const length = statedLength(headers);
  const chunked = isChunked(headers);
  const logged = (bodies ?? []).filter((body) => body.length > 0);
  const sendable = headers.filter(([name]) => name.toLowerCase() !== 'transfer-encoding');
  if (length === null || chunked) {
    const [body = null] = logged;
    if (body === null && (chunked || (http2 && ['POST', 'PUT', 'PATCH'].includes(method))))
      throw new MalformedRequest('neither its body nor a length was logged', 'body-missing');
    const measured = body === null ? sendable : withLength(sendable, body, method);
    const notes: NoteKind[] = [];
    if (chunked) notes.push('chunks-not-logged');
    else if (measured.length > sendable.length) notes.push('length-added');
    return { headers: measured, body, notes };
  }
  if (length === 0) return { headers: sendable, body: null, notes: [] };
  if (logged.length === 0) throw new MalformedRequest(`its body of ${length} bytes was not logged`, 'body-missing');
  for (const body of logged) {
    const surplus = body.subarray(length);
    const fits = body.length >= length && (breaksFollow ? isBreaks(surplus) : surplus.length === 0);
    if (fits) return { headers: sendable, body: body.subarray(0, length), notes: [] };
  }
  const [longest] = logged;
  // Apache's filters, for example, unpack a body before it is logged.
  if (longest !== undefined && longest.length > length)
    return { headers: withLength(sendable, longest, method), body: longest, notes: ['length-corrected'] };
  throw new MalformedRequest(
    `its Content-Length is ${length} and ${longest?.length ?? 0} bytes of its body were logged; ` +
      'libmodsecurity logs a body only up to its first NUL byte, and every tool only up to its limit',
    'body-damaged',
  );
}

function isBreaks(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x0a || byte === 0x0d);
}
