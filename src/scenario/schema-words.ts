import type * as z from 'zod';
import { nearest } from '../words/nearest.js';
import { list } from '../words/numbers.js';

/** The kinds of values, in words for people. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  null: 'nothing',
};

/** The parts of the library's fault that are used here. */
type RawIssue = Pick<z.core.$ZodRawIssue, 'code' | 'input'> & Readonly<Record<string, unknown>>;

/** The sentence for a fault, if the schema itself has no sentence for it. */
export function schemaWords(issue: RawIssue): string {
  const { code, input } = issue;
  if (input === undefined) return 'is missing';
  if (code === 'invalid_type')
    return input === null
      ? `is empty; expected ${kindOf(issue['expected'])}`
      : `expected ${kindOf(issue['expected'])}, not ${shown(input)}`;
  if (code === 'invalid_value') return `expected ${oneOf(issue['values'])}, not ${shown(input)}`;
  if (code === 'too_small' || code === 'too_big') return outOfBounds(issue, code === 'too_small');
  return code === 'invalid_union'
    ? `${shown(input)} is not one of the possible forms here`
    : `${shown(input)} is not written as expected here`;
}

/** The value of a short list that was most likely meant; null if none is close. */
export function meantValue(input: unknown, values: readonly unknown[]): string | null {
  return typeof input === 'string' ? nearest(input, values.map(String)) : null;
}

function kindOf(expected: unknown): string {
  return KINDS[String(expected)] ?? 'another kind of value';
}

function oneOf(values: unknown): string {
  const all = Array.isArray(values) ? values.map(String) : [];
  return all.length === 1 ? (all[0] ?? '') : `one of: ${all.join(', ')}`;
}

function outOfBounds({ input, origin, minimum, maximum, inclusive }: RawIssue, small: boolean): string {
  const bound = String(small ? minimum : maximum);
  if (origin === 'string') return small ? 'is empty' : `is longer than ${bound} characters`;
  if (origin === 'array' || origin === 'set')
    return `has ${(input as readonly unknown[]).length} entries; it must have ${bound} or ${small ? 'more' : 'less'}`;
  const limit = small ? (inclusive === true ? `${bound} or more` : `above ${bound}`) : `${bound} or less`;
  return `${shown(input)} is too ${small ? 'small' : 'large'}: it must be ${limit}`;
}

/** A value in the form in which a sentence shows it. */
function shown(input: unknown): string {
  if (typeof input === 'string') return input.length > 60 ? `"${input.slice(0, 60)}…"` : `"${input}"`;
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return `keys with values (${list(Object.keys(input).slice(0, 3))})`;
  return String(input);
}
