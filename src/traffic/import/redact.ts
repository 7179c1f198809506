import { createHmac } from 'node:crypto';
import type { RequestParts } from './entry.js';

/** Headers whose whole value is a secret; of a cookie header, the values are. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'x-auth-token', 'x-access-token', 'x-csrf-token', 'x-xsrf-token', 'x-amz-security-token']);
const SECRET_NAME = /token|secret|session|passw|pwd|api_?key|auth|jwt|signature|otp|pin$/i;
const PAIR = /([?&]|^)([^=&?#]+)=([^&#]+)/g;

/**
 * Replaces secrets with letters that tell as little and as much as needed: of the same length, so that sizes and exact
 * lengths stay; the same for the same secret, so that a leak of keys stays one; and, without the salt, not to be
 * guessed. Covers secret headers, cookie values, and parameters with a telling name in the query and in form bodies.
 */
export function createRedactor(salt: string): (parts: RequestParts) => RequestParts {
  const mask = (secret: string): string => {
    let letters = '';
    for (let block = 0; letters.length < secret.length; block++) letters += createHmac('sha256', salt).update(`${block}:`).update(secret, 'latin1').digest('hex');
    return letters.slice(0, secret.length);
  };
  const maskPairs = (text: string): string => text.replace(PAIR, (pair, before: string, name: string, value: string) => (SECRET_NAME.test(name) ? `${before}${name}=${mask(value)}` : pair));
  const maskHeader = (name: string, value: string): string => {
    const lower = name.toLowerCase();
    if (lower === 'cookie') return value.replace(/(=\s*)([^;]+)/g, (_, equals: string, secret: string) => equals + mask(secret));
    if (lower === 'referer') return maskPairs(value);
    if (!SECRET_HEADERS.has(lower)) return value;
    // The scheme (Basic, Bearer) is no secret.
    const space = value.indexOf(' ') + 1;
    return value.slice(0, space) + mask(value.slice(space));
  };
  return (parts) => {
    const form = parts.headers.some(([name, value]) => name.toLowerCase() === 'content-type' && value.toLowerCase().includes('x-www-form-urlencoded'));
    return {
      ...parts,
      target: maskPairs(parts.target),
      headers: parts.headers.map(([name, value]) => [name, maskHeader(name, value)] as const),
      body: form && parts.body !== null ? Buffer.from(maskPairs(Buffer.from(parts.body).toString('latin1')), 'latin1') : parts.body,
      ...(parts.raw === undefined ? {} : { raw: maskRaw(parts.raw, maskHeader, maskPairs) }),
    };
  };
}

/** Exact bytes: the same in the lines before the body; their length does not change. */
function maskRaw(raw: Uint8Array, maskHeader: (name: string, value: string) => string, maskPairs: (text: string) => string): Buffer {
  const text = Buffer.from(raw).toString('latin1');
  const headEnd = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const [requestLine = '', ...lines] = text.slice(0, headEnd).split('\n');
  const masked = lines.map((line) => line.replace(/^([^:\s]+)(:[ \t]*)([^\r]*)/, (_, name: string, colon: string, value: string) => name + colon + maskHeader(name, value)));
  const target = requestLine.replace(/\?[^ ]*/, (query) => maskPairs(query));
  return Buffer.from([target, ...masked].join('\n') + text.slice(headEnd), 'latin1');
}
