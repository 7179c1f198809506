import type { Allowance, NoFacts, Objection, ObjectionFacts, Stated } from '../model/index.js';

/** What is objected, without what would permit it. */
type Said = Stated<ObjectionFacts>;
/** The codes of objections that have no facts. */
type PlainCode = Exclude<
  { [Code in keyof ObjectionFacts]: ObjectionFacts[Code] extends NoFacts ? Code : never }[keyof ObjectionFacts],
  undefined
>;

/** The objections to a key's value. */
export type Judge = (value: unknown) => readonly Objection[];

/** The key affects nothing outside of its container or the arm, whatever its value is. */
export const HARMLESS: Judge = () => [];

/** Another rule replaces or removes the key, or judges it with more information. */
export const REWRITTEN: Judge = () => [];

/** Refused with every value, unless it is empty or false. */
export function refused(code: PlainCode, allow: Allowance | null): Judge {
  return (value) => (isEmpty(value) ? [] : [{ code, facts: {}, allow }]);
}

/** Refuses the texts of a list that do not pass the test. */
export function eachOf(allows: (text: string) => boolean, said: (text: string) => Said, allow: Allowance): Judge {
  return (value) =>
    textsOf(value)
      .filter((text) => !allows(text))
      .map((text) => ({ ...said(text), allow }));
}

/**
 * The judgement of a table on every key of a part of the model. A key that is not in the table is refused. Extension
 * keys are notes of the author and are removed.
 */
export function judgeKeys(
  part: Readonly<Record<string, unknown>>,
  table: Readonly<Record<string, Judge>>,
): { readonly key: string; readonly objections: readonly Objection[] }[] {
  return Object.entries(part).flatMap(([key, value]) => {
    if (value === null || value === undefined || key.startsWith('x-')) return [];
    const judge = Object.hasOwn(table, key) ? table[key] : undefined;
    const objections = judge === undefined ? [UNKNOWN] : judge(value);
    return objections.length === 0 ? [] : [{ key, objections }];
  });
}

const UNKNOWN: Objection = { code: 'key-unknown', facts: {}, allow: 'unknown-keys' };

function isEmpty(value: unknown): boolean {
  return value === false || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

/** A list of texts, or of maps with a source (devices in newer versions of Compose). */
function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return isEmpty(value) ? [] : [String(value)];
  return value.map((item: string | { readonly source?: string }) =>
    typeof item === 'string' ? item : (item.source ?? ''),
  );
}
