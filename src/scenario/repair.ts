import type * as z from 'zod';
import type { YamlSource } from '../yaml/index.js';
import { within } from './schema-problems.js';

type Issue = z.core.$ZodIssue;

/**
 * The value as its author meant it. If the schema expects a text, the value is the text as it was written (`1.10` stays
 * `1.10`). Keys that begin with `x-` belong to the author, as in Compose. Null if there is nothing to change.
 */
export function repaired(source: YamlSource, issues: readonly Issue[]): unknown {
  let value: unknown = source.value;
  let changed = false;
  for (const issue of issues.flatMap(within)) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.filter((name) => name.startsWith('x-'))) {
        value = replaced(value, [...issue.path, key], undefined);
        changed = true;
      }
    } else if (issue.code === 'invalid_type' && issue.expected === 'string') {
      const written = source.written(issue.path);
      if (written === null || issue.input === null) continue;
      value = replaced(value, issue.path, written);
      changed = true;
    }
  }
  return changed ? value : null;
}

/** A copy with another value at the path. If the value is undefined, the key is removed. */
function replaced(value: unknown, path: readonly PropertyKey[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === step ? replaced(one, rest, by) : one));
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    entries.flatMap(([key, one]) => {
      if (key !== String(step)) return [[key, one]];
      const after = replaced(one, rest, by);
      return after === undefined ? [] : [[key, after]];
    }),
  );
}
