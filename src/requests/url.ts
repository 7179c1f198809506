import { toByteString } from '../traffic/bytes.js';

/** Host and request target of an absolute URL, as they are written, without the fragment; null if it is not one. */
export function targetOf(url: string): { readonly host: string; readonly target: string } | null {
  const matched = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)([^#]*)/i.exec(url);
  if (matched === null) return null;
  const [, host = '', rest = ''] = matched;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { host: toByteString(host), target: escapeTarget(target) };
}

/** Percent-encodes the bytes that are not allowed in a request target. Everything else stays as it is written. */
function escapeTarget(target: string): string {
  return escapeBytes(toByteString(target));
}

/** The same for a byte string. */
export function escapeBytes(target: string): string {
  return target.replace(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** The user information of a URL (`name:password`) without its percent-encoding; null if there is none. */
export function userOf(url: string): string | null {
  const user = /^https?:\/\/([^/?#@]*)@/i.exec(url)?.[1];
  return user?.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) ?? null;
}
