/** The value of a variable; undefined if it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface Interpolated {
  readonly text: string;
  /** Variables that must have a value and have none. */
  readonly missing: readonly string[];
  /** Every variable in the text, set or not. */
  readonly used: readonly string[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/**
 * `$NAME`, `${NAME:-default}`, `${NAME:?error}`, `${NAME:+other}` and their forms without a colon, nested too, as
 * Compose fills them in. `$$` is a dollar sign.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  const missing: string[] = [];
  const used: string[] = [];
  let filled = '';
  let rest = text;
  while (rest !== '') {
    const dollar = rest.indexOf('$');
    if (dollar === -1) return { text: filled + rest, missing, used };
    filled += rest.slice(0, dollar);
    rest = rest.slice(dollar + 1);
    if (rest.startsWith('$')) {
      filled += '$';
      rest = rest.slice(1);
      continue;
    }
    const [bare] = NAME.exec(rest) ?? [];
    const inner = rest.startsWith('{') ? braced(rest) : null;
    if (bare !== undefined) {
      used.push(bare);
      filled += lookup(bare) ?? '';
      rest = rest.slice(bare.length);
    } else if (inner !== null) {
      const one = expression(inner, lookup);
      filled += one.text;
      missing.push(...one.missing);
      used.push(...one.used);
      rest = rest.slice(inner.length + 2);
    } else filled += '$';
  }
  return { text: filled, missing, used };
}

/** The text between the first brace and the brace that closes it. */
function braced(text: string): string | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(1, at);
  }
  return null;
}

function expression(inner: string, lookup: Lookup): Interpolated {
  const [name = ''] = NAME.exec(inner) ?? [];
  const colon = inner[name.length] === ':';
  const operator = inner[name.length + (colon ? 1 : 0)] ?? '';
  const word = inner.slice(name.length + (colon ? 2 : 1));
  const value = lookup(name);
  const there = value !== undefined && !(colon && value === '');
  const plain = (text: string): Interpolated => ({ text, missing: [], used: [name] });
  const other = (): Interpolated => {
    const one = interpolate(word, lookup);
    return { ...one, used: [name, ...one.used] };
  };
  if (operator === '-') return there ? plain(value) : other();
  if (operator === '+') return there ? other() : plain('');
  if (operator === '?' && !there) return { text: '', missing: [name], used: [name] };
  return plain(value ?? '');
}
