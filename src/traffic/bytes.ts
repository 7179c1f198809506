import { SlopegateError, type TraceRequest } from '../model/index.js';

/**
 * Request lines and headers are kept as byte strings: one character from U+0000 to U+00FF per byte, as in Node itself.
 * So text in Unicode is converted to its UTF-8 bytes once, here.
 */
export function toByteString(text: string): string {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TARGET = /^[\x21-\x7e]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export function checkedMethod(method: string, label: string): string {
  return checked(method, TOKEN, `the method ${quote(method)}`, label, 'A method is a word like GET or PROPFIND');
}

export function checkedTarget(target: string, label: string): string {
  return checked(
    target,
    TARGET,
    `the path ${quote(target)}`,
    label,
    'Write spaces, control characters and everything outside ASCII percent-encoded: %20, %0D%0A, %C3%A9',
  );
}

export function checkedHeaderName(name: string, label: string): string {
  return checked(
    name,
    TOKEN,
    `the header name ${quote(name)}`,
    label,
    'A header name may have letters, digits and hyphens',
  );
}

export function checkedHeaderValue(name: string, value: string, label: string): string {
  return checked(
    value,
    HEADER_VALUE,
    `the value ${quote(value)} of header ${name}`,
    label,
    'A header value has no line breaks and no control characters except the tab',
  );
}

function checked(text: string, allowed: RegExp, what: string, label: string, hint: string): string {
  if (allowed.test(text)) return text;
  throw new SlopegateError('TRAFFIC_INVALID', `Request "${label}": ${what} cannot be sent`, { hint });
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** Percent-encoding for a path segment or a query value. */
export function encodeForTarget(value: string): string {
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}

/** Why a request cannot be sent as it is, in a sentence; null if it can. Exact bytes can always be sent. */
export function unsendable({
  method,
  target,
  headers,
  raw,
}: Pick<TraceRequest, 'method' | 'target' | 'headers' | 'raw'>): string | null {
  if (raw !== undefined) return null;
  if (!TOKEN.test(method)) return `The method ${quote(method)} cannot be sent`;
  if (!TARGET.test(target)) return `The target ${quote(target)} cannot be sent`;
  const wrong = headers.find(([name, value]) => !TOKEN.test(name) || !HEADER_VALUE.test(value));
  return wrong === undefined ? null : `The header ${quote(wrong.join(': '))} cannot be sent`;
}
