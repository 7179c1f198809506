import type { Masking } from './masking.js';
import { maskText, maskUrl } from './text.js';

const COOKIES = new Set(['cookie', 'cookie2']);
/** Headers whose values begin with the name of a scheme, which is not secret. */
const SCHEMES = new Set(['authorization', 'proxy-authorization']);

/**
 * A header's value: every cookie and every value with a secret name. In other headers, secrets in URLs and what looks
 * like a token.
 */
export function maskHeader(name: string, value: string, masking: Masking): string {
  const lower = name.toLowerCase();
  if (masking.isKept(lower)) return value;
  if (COOKIES.has(lower))
    return value
      .split(';')
      .map((cookie) => maskCookie(cookie, masking))
      .join(';');
  if (SCHEMES.has(lower)) {
    const space = value.indexOf(' ') + 1;
    return value.slice(0, space) + masking.mask(value.slice(space), lower);
  }
  if (masking.isSecret(name)) return masking.mask(value, lower);
  return /[?/]/.test(value) ? maskUrl(value, masking) : maskText(value, masking);
}

/** A cookie without a name is masked as a whole. */
function maskCookie(cookie: string, masking: Masking): string {
  const equals = cookie.indexOf('=') + 1;
  const name = cookie.slice(0, Math.max(0, equals - 1)).trim();
  return masking.isKept(name)
    ? cookie
    : cookie.slice(0, equals) + masking.mask(cookie.slice(equals), name === '' ? 'cookie' : name);
}
