import { maskNumber } from './mask.js';
import type { Masking } from './masking.js';
import { maskText } from './text.js';

const TOKEN = /["{}[\],]|-?\d[\d.eE+-]*/g;
const NAME_END = /\s*:/y;

/** JSON inside JSON strings is searched to this depth. */
const DEEPEST = 5;

/**
 * Masks strings and numbers with secret names, at any depth below them, and everywhere what looks like a token; also in
 * JSON inside strings. It reads only tokens, so broken JSON works too.
 */
export function maskJson(text: string, masking: Masking, level = 0): string {
  let masked = '';
  let copied = 0;
  let depth = 0;
  /** Depth of the object or list with a secret name, and that name. */
  let within = Number.POSITIVE_INFINITY;
  let secretName = '';
  /** The next value belongs to a secret name. */
  let named = false;
  const put = (from: number, to: number, by: string): void => {
    masked += text.slice(copied, from) + by;
    copied = to;
  };
  TOKEN.lastIndex = 0;
  // All levels share the pattern, so each continues at its own place.
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [found] = token;
    let next = TOKEN.lastIndex;
    const secret = named || depth >= within;
    if (found === '"') {
      const from = token.index + 1;
      const to = endOfString(text, from);
      const string = text.slice(from, to);
      next = to + 1;
      NAME_END.lastIndex = to + 1;
      if (NAME_END.test(text)) {
        named = masking.isSecret(string);
        if (named && depth < within) secretName = string;
      } else put(from, to, secret ? masking.mask(string, secretName) : maskString(string, masking, level));
    } else if (found === '{' || found === '[') {
      depth++;
      if (named) within = Math.min(within, depth);
      named = false;
    } else if (found === '}' || found === ']') {
      if (depth === within) within = Number.POSITIVE_INFINITY;
      depth--;
    } else if (found === ',') named = false;
    else if (secret) put(token.index, next, masking.mask(found, secretName, maskNumber));
    TOKEN.lastIndex = next;
  }
  return masked + text.slice(copied);
}

/** A string that contains JSON is read as JSON. In other strings, what looks like a token is masked. */
function maskString(string: string, masking: Masking, level: number): string {
  const holdsJson = /^\s*[{[]/.test(string) && string.includes('\\"') && level < DEEPEST;
  return holdsJson ? throughEscapes(string, (inner) => maskJson(inner, masking, level + 1)) : maskText(string, masking);
}

/** Changes a string without its escapes, one character for another, and puts the changes back between the escapes. */
function throughEscapes(string: string, change: (inner: string) => string): string {
  const units = string.match(/\\u00[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^]|[^]/g) ?? [];
  const inner = units.map((unit) => (unit.length === 1 ? unit : plainOf(unit))).join('');
  const changed = change(inner);
  if (changed.length !== units.length) return string;
  return units
    .map((unit, i) => {
      const to = changed[i] as string;
      if (to === inner[i]) return unit;
      return unit.length === 1 ? to : `\\u${to.charCodeAt(0).toString(16).padStart(4, '0')}`;
    })
    .join('');
}

/** One character for each escape: its real character if that matters to JSON or to names. */
function plainOf(escape: string): string {
  if (escape.startsWith('\\u00')) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  return escape.length === 2 ? (escape[1] as string).replace(/[bfnrt]/, ' ') : ' ';
}

/** Where the string's closing quote is, or the end of the text. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}
