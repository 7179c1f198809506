/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const SPACE = /\s*/y;
const SCALAR = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const FIRST_PRINTABLE = ' ';

/**
 * The place of a value in a JSON text. If the value is not there, the place of the nearest value around it. If the text
 * is not JSON, the place at which it stops being JSON, whatever was looked for. Deep nesting needs no recursion.
 */
export function jsonPlace(text: string, path: readonly PropertyKey[]): Place {
  return lineAndColumn(text, offsetOf(text, path.map(String)));
}

interface Open {
  readonly isArray: boolean;
  key: string;
  index: number;
}

function offsetOf(text: string, path: readonly string[]): number {
  const open: Open[] = [];
  let best = 0;
  let bestDepth = -1;
  let at = 0;
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  /** The text that begins here, with its quotes; '' if there is none. */
  const skipText = (): string => {
    const begin = at;
    let end = at + 1;
    while (end < text.length && text[end] !== '"' && (text[end] as string) >= FIRST_PRINTABLE)
      end += text[end] === '\\' ? 2 : 1;
    if (text[begin] !== '"' || text[end] !== '"') return '';
    at = end + 1;
    return text.slice(begin, at);
  };
  /** How many parts of the path lead to the next value; -1 if it is on another path. */
  const depthHere = (): number =>
    open.every((one, level) => path[level] === (one.isArray ? String(one.index) : one.key)) ? open.length : -1;
  const value = (): boolean => {
    skip(SPACE);
    const depth = depthHere();
    if (depth > bestDepth) [best, bestDepth] = [at, depth];
    const first = text[at];
    if (first === '{' || first === '[') {
      open.push({ isArray: first === '[', key: '', index: -1 });
      at += 1;
      return true;
    }
    return (first === '"' ? skipText() : skip(SCALAR)) !== '';
  };
  if (!value()) return at;
  while (open.length > 0) {
    const inside = open.at(-1) as Open;
    skip(SPACE);
    const closing = inside.isArray ? ']' : '}';
    if (text[at] === closing) {
      at += 1;
      open.pop();
      continue;
    }
    if (inside.index >= 0) {
      if (text[at] !== ',') return at;
      at += 1;
      skip(SPACE);
    }
    inside.index += 1;
    if (!inside.isArray) {
      const name = skipText();
      if (name === '') return at;
      inside.key = keyOf(name);
      skip(SPACE);
      if (text[at] !== ':') return at;
      at += 1;
    }
    if (!value()) return at;
  }
  skip(SPACE);
  return at < text.length ? at : best;
}

/** A key as JSON reads it; as it is written if JSON does not accept it. */
function keyOf(name: string): string {
  try {
    return JSON.parse(name) as string;
  } catch {
    return name;
  }
}

function lineAndColumn(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
