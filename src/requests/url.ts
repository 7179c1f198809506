import { toByteString } from '../traffic/bytes.js';

/** Host and request target of an absolute URL, spelled as it was, without the fragment; null if it is not one. */
export function targetOf(url: string): { readonly host: string; readonly target: string } | null {
  const matched = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)([^#]*)/i.exec(url);
  if (matched === null) return null;
  const [, host = '', rest = ''] = matched;
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return { host: toByteString(host), target: escapeTarget(target) };
}

/** Percent-encodes the bytes that a request target cannot have; everything else stays as it is spelled. */
export function escapeTarget(target: string): string {
  return escapeBytes(toByteString(target));
}

/** The same of a byte string. */
export function escapeBytes(target: string): string {
  return target.replace(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
