import type { Allowance } from '../../model/index.js';

/** Why a value of the compose file is refused, and what `stack.allow` would have to name. */
export interface Objection {
  readonly what: string;
  readonly allow: Allowance | null;
}

/** What speaks against a key's value. */
export type Judge = (value: unknown) => readonly Objection[];

/** The key reaches nothing outside of its container or the arm, whatever its value. */
export const HARMLESS: Judge = () => [];

/** A rule of its own replaces or drops the key, or judges it where more is known. */
export const REWRITTEN: Judge = () => [];

/** Refused whatever the value, unless it is empty or false. */
export function refused(what: string, allow: Allowance | null): Judge {
  return (value) => (isEmpty(value) ? [] : [{ what, allow }]);
}

/** Refused for the texts of a list that the test does not let through. */
export function eachOf(allows: (text: string) => boolean, what: (text: string) => string, allow: Allowance): Judge {
  return (value) =>
    textsOf(value)
      .filter((text) => !allows(text))
      .map((text) => ({ what: what(text), allow }));
}

/**
 * What a table says of every key of a part of the model; a key that is not in the table is refused. Extension keys are
 * the author's notes and are dropped.
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

const UNKNOWN: Objection = {
  what: 'slopegate does not know this key, so it cannot tell if the key reaches out of the arm',
  allow: 'unknown-keys',
};

function isEmpty(value: unknown): boolean {
  return value === false || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

/** A list of texts, or of maps that have a source (devices in newer versions of Compose). */
function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return isEmpty(value) ? [] : [String(value)];
  return value.map((item: string | { readonly source?: string }) =>
    typeof item === 'string' ? item : (item.source ?? ''),
  );
}
