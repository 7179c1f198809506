import type * as z from 'zod';

/** The first fault of a document, and its place. */
export interface FirstIssue {
  /** The words after the key: `must be a number, and it is a text`. */
  readonly words: string;
  readonly path: readonly PropertyKey[];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  null: 'null',
};

/** @param issues what zod says of the document, which has at least one fault */
export function firstIssue([issue]: readonly z.core.$ZodIssue[]): FirstIssue {
  if (issue === undefined) return { words: 'cannot be read', path: [] };
  // An unknown key has its own place.
  if (issue.code === 'unrecognized_keys')
    return { words: 'is not known', path: [...issue.path, ...issue.keys.slice(0, 1)] };
  return { words: wordsOf(issue), path: issue.path };
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `must be ${TYPES[issue.expected] ?? issue.expected}, and it is ${typeOf(issue.input)}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small')
    return issue.origin === 'array'
      ? `must have at least ${issue.minimum} parts`
      : `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'custom') return `is wrong: ${issue.message}`;
  return 'does not have the form that a run writes';
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return TYPES[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}
