import type { RequestParts } from '../entry.js';
import { valueOf } from '../http/head.js';
import { maskBody } from './body.js';
import { createMask, maskPairs, type Mask } from './mask.js';

/** Headers whose whole value is a secret; of a cookie header, the values are. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-xsrf-token',
  'x-amz-security-token',
]);

/**
 * Replaces secrets with letters that tell as little and as much as needed: of the same length, so that sizes and exact
 * lengths stay; the same for the same secret, so that a leak of keys stays one; and, without the salt, not to be
 * guessed. Covers secret headers, cookie values, and what has a telling name in the query and in bodies (`maskBody`).
 */
export function createRedactor(salt: string): (parts: RequestParts) => RequestParts {
  const mask = createMask(salt);
  return (parts) => {
    const type = valueOf(parts.headers, 'content-type') ?? '';
    const raw = parts.raw === undefined ? null : maskRaw(parts.raw, parts.headers, mask);
    const { body } = parts;
    return {
      ...parts,
      target: maskPairs(parts.target, mask),
      headers: parts.headers.map(([name, value]) => [name, maskHeader(name, value, mask)] as const),
      body:
        body === null
          ? null
          : (raw?.subarray(raw.length - body.length) ?? masked(body, (text) => maskBody(type, text, mask))),
      ...(raw === null ? {} : { raw }),
    };
  };
}

function maskHeader(name: string, value: string, mask: Mask): string {
  const lower = name.toLowerCase();
  if (lower === 'cookie')
    return value.replace(/(=\s*)([^;]+)/g, (_, equals: string, secret: string) => equals + mask(secret));
  if (lower === 'referer') return maskPairs(value, mask);
  if (!SECRET_HEADERS.has(lower)) return value;
  // The scheme (Basic, Bearer) is no secret.
  const space = value.indexOf(' ') + 1;
  return value.slice(0, space) + mask(value.slice(space));
}

/** Exact bytes: the same in the lines before the body, and in as much of the body as Content-Length says. */
function maskRaw(raw: Uint8Array, headers: RequestParts['headers'], mask: Mask): Buffer {
  return masked(raw, (text) => {
    const end = /\r?\n\r?\n/.exec(text);
    const headEnd = end?.index ?? text.length;
    const bodyStart = headEnd + (end?.[0].length ?? 0);
    const bodyEnd = bodyStart + (Number.parseInt(valueOf(headers, 'content-length') ?? '', 10) || 0);
    const [requestLine = '', ...lines] = text.slice(0, headEnd).split('\n');
    const head = lines.map((line) =>
      line.replace(
        /^([^:\s]+)(:[ \t]*)([^\r]*)/,
        (_, name: string, colon: string, value: string) => name + colon + maskHeader(name, value, mask),
      ),
    );
    const target = requestLine.replace(/\?[^ ]*/, (query) => maskPairs(query, mask));
    const body = maskBody(valueOf(headers, 'content-type') ?? '', text.slice(bodyStart, bodyEnd), mask);
    return [target, ...head].join('\n') + text.slice(headEnd, bodyStart) + body + text.slice(bodyEnd);
  });
}

function masked(bytes: Uint8Array, change: (text: string) => string): Buffer {
  return Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1');
}
