import { callFunction, type Value } from './template-functions.js';
import { tokensOf, type Token } from './template-tokens.js';

/** A template that is not evaluated; the message is the end of a sentence. */
export class BodyTemplateError extends Error {}

/** Larger templates, and templates with a larger result, are not evaluated: they would have to be kept in memory. */
const LARGEST = 1024 * 1024;

/** The inside of an action up to its end. In a text in quotation marks, `}}` ends nothing. */
const INSIDE = /(?:"(?:[^"\\]|\\.)*"|`[^`]*`|(?!\}\})[^"`]){0,1000}\}\}/y;
const SPACES = ' \t\r\n';

/**
 * Evaluates the Go templates in `data` as go-ftw does: literals, pipelines and the functions that tests use. Anything
 * else is an error, because go-ftw sends an empty body if a template is not valid.
 * @throws BodyTemplateError
 */
export function evaluateTemplate(data: Buffer): Buffer {
  if (!data.includes('{{')) return data;
  if (data.length > LARGEST) throw new BodyTemplateError('it is too large');
  const text = data.toString('utf8');
  let result = '';
  let at = 0;
  let trims = false;
  for (let begin = text.indexOf('{{'); begin !== -1; begin = text.indexOf('{{', at)) {
    INSIDE.lastIndex = begin + 2;
    const matched = INSIDE.exec(text);
    if (matched === null) throw new BodyTemplateError('an action has no end, or is too long');
    const inside = matched[0].slice(0, -2);
    const trimsBefore = /^-\s/.test(inside);
    result += trimmed(text.slice(at, begin), trims, trimsBefore);
    trims = /\s-$/.test(inside);
    result += valueOf(inside.slice(trimsBefore ? 1 : 0, trims ? -1 : undefined));
    if (result.length > LARGEST) throw new BodyTemplateError('its result is too large');
    at = begin + 2 + matched[0].length;
  }
  return Buffer.from(result + trimmed(text.slice(at), trims, false), 'utf8');
}

/** Without the white space that `-}}` before it and `{{-` after it remove. */
function trimmed(piece: string, before: boolean, after: boolean): string {
  let [from, to] = [0, piece.length];
  if (before) while (from < to && SPACES.includes(piece[from] as string)) from++;
  if (after) while (to > from && SPACES.includes(piece[to - 1] as string)) to--;
  return piece.slice(from, to);
}

function valueOf(action: string): string {
  const written = action.trim();
  if (/^\/\*[^]*\*\/$/.test(written)) return '';
  const tokens = tokensOf(written);
  if (tokens === null) throw new BodyTemplateError(`"${written}" is not evaluated`);
  const [value, end] = pipeline(tokens, 0);
  if (end < tokens.length) throw new BodyTemplateError(`"${written}" is not evaluated`);
  return String(value);
}

/** Commands with `|` between them: each gets the value of the one before as its last argument. */
function pipeline(tokens: readonly Token[], from: number): readonly [Value, number] {
  let [value, at] = command(tokens, from, null);
  while (tokens[at]?.kind === 'pipe') [value, at] = command(tokens, at + 1, value);
  return [value, at];
}

function command(tokens: readonly Token[], from: number, last: Value | null): readonly [Value, number] {
  const operands: Value[] = [];
  const first = tokens[from];
  const name = first?.kind === 'name' ? first.value : null;
  let at = name === null ? from : from + 1;
  for (;;) {
    const token = tokens[at];
    if (token?.kind === 'value') operands.push(token.value);
    else if (token?.kind === 'open') {
      const [value, end] = pipeline(tokens, at + 1);
      if (tokens[end]?.kind !== 'close') throw new BodyTemplateError('a bracket has no end');
      operands.push(value);
      at = end;
    } else break;
    at++;
  }
  if (last !== null) operands.push(last);
  const value = name === null ? (operands.length === 1 ? operands[0] : undefined) : callFunction(name, operands);
  if (value === undefined)
    throw new BodyTemplateError(name === null ? 'it is not evaluated' : `"${name}" is not evaluated`);
  return [value, at];
}
