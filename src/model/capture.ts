import type { Captures } from './step.js';

/** What a step got: an answer, or the output of a command. Names of headers are in lower case. */
export interface StepOutput {
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * The value at a place of an output: `$.data.jwt`, `header:location`, `cookie:sid`, or a regular expression.
 * @throws Error with the reason if the value is not there
 */
export function captureOne(name: string, where: string, output: StepOutput): string {
  const value = valueAt(where, output);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`"${name}" should be captured from ${where}, but it is not there`);
}

/** Takes the values out of an output. If one is not there, the error names it. */
export function captureAll(captures: Captures, output: StepOutput): ReadonlyMap<string, string> {
  return new Map(Object.entries(captures).map(([name, where]) => [name, captureOne(name, where, output)]));
}

/** Why a text names no place in any output; null if it does. */
export function captureFault(where: string): string | null {
  if (where.startsWith('$')) return isPath(where) ? null : notAPath(where);
  const [, kind, name] = /^(header|cookie):(.*)$/s.exec(where) ?? [];
  if (kind !== undefined) return /^[\w!#$%&'*+.^`|~-]+$/.test(name ?? '') ? null : `${where} names no ${kind}`;
  try {
    return RegExp(where, 'm') instanceof RegExp ? null : '';
  } catch (error) {
    return (error as Error).message;
  }
}

function valueAt(where: string, { text, headers }: StepOutput): unknown {
  if (where.startsWith('$')) return atPath(parsed(text), where);
  if (where.startsWith('header:')) return listOf(headers[where.slice('header:'.length).toLowerCase()])[0];
  if (where.startsWith('cookie:')) return cookieOf(where.slice('cookie:'.length), listOf(headers['set-cookie']));
  const match = new RegExp(where, 'm').exec(text);
  return match?.[1] ?? match?.[0];
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** If several cookies have the same name, the last one counts, as in browsers. */
function cookieOf(name: string, lines: readonly string[]): string | undefined {
  return lines
    .map((line) => (line.split(';')[0] ?? '').trim())
    .findLast((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g;

const isPath = (path: string): boolean =>
  [...path.slice(1).matchAll(STEP)].map(([step]) => step).join('') === path.slice(1);
const notAPath = (path: string): string => `${path} is not a path like $.data.items[0].id`;

/** `$.data.sites[0].id`, `$['odd name']`: the member and index steps of JSONPath. An answer needs no more. */
function atPath(value: unknown, path: string): unknown {
  if (!isPath(path)) throw new Error(notAPath(path));
  return [...path.slice(1).matchAll(STEP)].reduce<unknown>((node, [, member, index, quoted]) => {
    if (typeof node !== 'object' || node === null) return undefined;
    const key = member ?? index ?? quoted ?? '';
    return Object.hasOwn(node, key) ? (node as Readonly<Record<string, unknown>>)[key] : undefined;
  }, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the answer is not JSON');
  }
}
