import type * as z from 'zod';
import type { FaultKind } from '../model/index.js';
import { nearest } from '../words/nearest.js';
import type { Problem } from './problem.js';
import { exampleAt, keysAt } from './schema-tree.js';
import { meantValue, schemaWords } from './schema-words.js';
import { valueAt } from './value-at.js';

type Issue = z.core.$ZodIssue;

/** Kinds of faults by the library's codes. A check of our own (`custom`) refuses a value for its own reason. */
export const KINDS: Readonly<Partial<Record<Issue['code'], FaultKind>>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'unknown-choice',
  invalid_union: 'unknown-form',
  too_small: 'out-of-range',
  too_big: 'out-of-range',
};

/** All faults that the schema found, in plain words and in the order of the file's keys. */
export function schemaProblems(given: readonly Issue[], value: unknown): readonly Problem[] {
  const all = given.flatMap(within);
  const issues = all.filter((issue) => !isConsequence(issue, all));
  const typos = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ key, path: issue.path })) : [],
  );
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
    const missing = issue.code !== 'custom' && valueAt(value, issue.path) === undefined;
    // A mistyped key also causes the fault "missing".
    const key = String(issue.path.at(-1));
    if (
      missing &&
      typos.some((typo) => samePath(typo.path, issue.path.slice(0, -1)) && nearest(typo.key, [key]) !== null)
    )
      return [];
    return [problemOf(issue, missing)];
  });
}

/**
 * A check over several keys says nothing new while one of them is wrong, nor does a check of a value of the wrong kind.
 */
function isConsequence({ code, path }: Issue, all: readonly Issue[]): boolean {
  return all.some((other) =>
    code === 'custom'
      ? other.code !== 'custom' && path.every((step, index) => step === other.path[index])
      : code !== 'invalid_type' && other.code === 'invalid_type' && samePath(path, other.path),
  );
}

/** For a choice of forms: the problems of the form that was meant, if only one form is similar to the input. */
export function within(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const shaped = issue.errors.map((problems) => ({ problems, misfits: misfitsOf(problems, issue.input) }));
  const fewest = Math.min(...shaped.map(({ misfits }) => misfits));
  const meant = shaped.filter(({ misfits }) => misfits === fewest);
  const [only] = fewest === Infinity ? quantities(shaped, issue.input) : meant;
  return only === undefined || (meant.length > 1 && fewest < Infinity)
    ? [issue]
    : only.problems.flatMap((problem) => within({ ...problem, path: [...issue.path, ...problem.path] }));
}

/** The form of a quantity, if a text or a number was written and no other form reads it. */
function quantities<F extends { readonly problems: readonly Issue[] }>(
  forms: readonly F[],
  input: unknown,
): readonly F[] {
  if (typeof input !== 'string' && typeof input !== 'number') return [];
  const reading = forms.filter(({ problems }) => problems.every((one) => one.code !== 'invalid_type' || isText(one)));
  return reading.length === 1 ? reading.filter(({ problems }) => problems.every(isQuantity)) : [];
}

/** A number where a text is expected: it is read as it was written. */
const isText = (problem: Issue): boolean => problem.code === 'invalid_type' && problem.expected === 'string';
const isQuantity = (problem: Issue): boolean =>
  isText(problem) || (problem.code === 'invalid_format' && problem.format === 'quantity');

/** Keys that a form requires or does not know. A value of another kind is not an attempt at this form. */
function misfitsOf(problems: readonly Issue[], input: unknown): number {
  let misfits = 0;
  for (const problem of problems) {
    if (problem.code === 'unrecognized_keys') misfits += problem.keys.length;
    else if (problem.path.length === 0 && problem.code !== 'custom') return Infinity;
    else if (valueAt(input, problem.path) === undefined) misfits += 1;
  }
  return misfits;
}

function unknownKey(path: readonly PropertyKey[], key: string): Problem {
  const known = keysAt(path);
  const meant = nearest(key, known);
  return {
    kind: 'unknown-key',
    path,
    key,
    message: `unknown key "${key}"`,
    hint: meant ? `did you mean "${meant}"?` : known.length > 0 ? `known keys here: ${known.join(', ')}` : null,
  };
}

function problemOf(issue: Issue, missing: boolean): Problem {
  const { path } = issue;
  const example = withNumberOf(issue, exampleAt(path));
  const write = example === null ? null : `write ${example}`;
  if (missing) {
    const message = schemaWords({ code: 'invalid_type', input: undefined });
    return { kind: 'missing-key', path, message, hint: write ?? SCHEMA };
  }
  const meant = issue.code === 'invalid_value' ? meantValue(issue.input, issue.values) : null;
  // Another number does not repair a file of a later format.
  const hint = issue.code === 'invalid_value' && issue.values.length === 1 ? null : (instead(issue) ?? write);
  const kind = KINDS[issue.code] ?? 'value-refused';
  return { kind, path, message: issue.message, hint: meant === null ? hint : `did you mean "${meant}"?` };
}

/** The example of a choice of forms, with the number that was written without a unit: `rate: 50` → `rate: 50/s`. */
function withNumberOf({ code, input }: Issue, example: string | null): string | null {
  if (code !== 'invalid_union' || typeof input !== 'number' || !(input > 0)) return example;
  return example?.replace(/^([^:\d]*: )\d+(?:\.\d+)?(?=[^\d.])/, `$1${input}`) ?? null;
}

/** What the schema proposes in place of the value itself. */
function instead(issue: Issue): string | null {
  const proposed = 'instead' in issue ? issue.instead : null;
  if (typeof proposed !== 'string') return null;
  const key = issue.path.at(-1);
  return `write ${typeof key === 'string' ? `${key}: ` : ''}${proposed}`;
}

const SCHEMA = 'see "slopegate validate --schema" for every key';

const samePath = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);
