import { has, valuesOf, type WholeRequest } from '../../requests/index.js';

const FORM = 'application/x-www-form-urlencoded';

/**
 * What go-ftw adds unless it is told not to: the type and the encoding of a form, and the length. The second result
 * says whether go-ftw would also add `Connection: close`.
 */
export function completed(request: WholeRequest): readonly [WholeRequest, boolean] {
  const typed = multipartLineEnds(withForm(request));
  const closes = !has(typed, 'connection');
  const length = typed.body?.length ?? 0;
  // The pattern of go-ftw (methodsWithBodyRegex), with its precedence.
  const permitsBody = /^POST|PUT|PATCH|DELETE$/.test(typed.method);
  if (has(typed, 'content-length') || (length === 0 && !permitsBody)) return [typed, closes];
  return [{ ...typed, headers: [...typed.headers, ['Content-Length', String(length)]] }, closes];
}

/** Multipart bodies end their lines with CR LF in any case. */
export function multipartLineEnds(request: WholeRequest): WholeRequest {
  const { body } = request;
  const multipart = valuesOf(request, 'content-type').some((type) =>
    type.toLowerCase().includes('multipart/form-data;'),
  );
  return body === null || !multipart
    ? request
    : { ...request, body: Buffer.from(body.toString('latin1').replaceAll('\n', '\r\n'), 'latin1') };
}

function withForm(request: WholeRequest): WholeRequest {
  const { body, headers } = request;
  if (body === null || body.length === 0) return request;
  const typed = has(request, 'content-type')
    ? request
    : { ...request, headers: [...headers, ['Content-Type', FORM] as const] };
  const form = valuesOf(typed, 'content-type').some((type) => type.toLowerCase() === FORM);
  return form ? { ...typed, body: encodeForm(body) } : typed;
}

/** A form without `+` and `%` is not encoded yet: its names and values are encoded, the signs between them are not. */
function encodeForm(body: Buffer): Buffer {
  const text = body.toString('latin1');
  if (/[+%]/.test(text)) return body;
  const pairs = text.split('&');
  // go-ftw reads up to the last &, and writes nothing if there is nothing after it.
  if (pairs.at(-1) === '') pairs.pop();
  const encoded = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return equals === -1 ? escape(pair) : `${escape(pair.slice(0, equals))}=${escape(pair.slice(equals + 1))}`;
  });
  return Buffer.from(encoded.join('&'), 'latin1');
}

/** Go's url.QueryEscape for a byte string. */
function escape(bytes: string): string {
  return bytes.replace(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === ' ' ? '+' : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
