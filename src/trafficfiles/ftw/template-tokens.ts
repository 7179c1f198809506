import type { Value } from './template-functions.js';

export type Token =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'pipe' | 'open' | 'close' };

const TOKEN = /\s*(?:("(?:[^"\\\n]|\\.)*")|`([^`]*)`|(-?\d+)(?![\w.])|([A-Za-z_]\w*)|([|()]))/y;
const MARKS = { '|': 'pipe', '(': 'open', ')': 'close' } as const;
/** Escapes that are the same in Go and JSON. */
const SHARED_ESCAPES = /^"(?:[^\\]|\\(?:["\\bfnrt]|u[0-9a-fA-F]{4}))*"$/;

/** The tokens of an action; null if one is not known, such as `.Field` and `$variable`. */
export function tokensOf(action: string): readonly Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < action.length) {
    const match = TOKEN.exec(action);
    if (match === null) return null;
    const [, quoted, raw, digits, name, mark] = match;
    if (quoted !== undefined) {
      const value = unquoted(quoted);
      if (value === null) return null;
      tokens.push({ kind: 'value', value });
    } else if (raw !== undefined) tokens.push({ kind: 'value', value: raw });
    else if (digits !== undefined) tokens.push({ kind: 'value', value: Number(digits) });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else tokens.push({ kind: MARKS[mark as keyof typeof MARKS] });
  }
  return tokens;
}

/** Escapes of ASCII bytes in addition to the shared ones; any other escape is not known. */
function unquoted(quoted: string): string | null {
  const plain = quoted.replace(/\\(?:x([0-7][0-9a-fA-F])|([av])|(\\|.))/g, (escape, hex?: string, bell?: string) => {
    if (hex !== undefined) return `\\u00${hex}`;
    if (bell !== undefined) return bell === 'a' ? '\\u0007' : '\\u000b';
    return escape;
  });
  // eslint-disable-next-line no-control-regex -- a template may contain control characters, JSON may not
  if (!SHARED_ESCAPES.test(plain) || /[\0-\x1f]/.test(plain)) return null;
  return JSON.parse(plain) as string;
}
