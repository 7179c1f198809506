import type { Step } from '../model/index.js';
import { nearest } from '../words/nearest.js';

const USED = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Every `{{name}}` that no earlier step has captured, with the step that uses it. `captured` has the names from steps
 * before these.
 */
export function checkNames(
  steps: readonly Step[],
  captured: readonly string[] = [],
): { readonly index: number; readonly message: string }[] {
  const known = new Set(['n', ...captured]);
  return steps.flatMap((step, index) => {
    const { capture = {}, ...rest } = step as Capturing;
    const unknown = [
      ...new Set(textsOf(rest).flatMap((text) => [...text.matchAll(USED)].map(([, name = '']) => name))),
    ].filter((name) => !known.has(name));
    for (const name of Object.keys(capture)) known.add(name);
    return unknown.map((name) => {
      const meant = nearest(name, [...known]);
      return {
        index,
        message: `{{${name}}} was not captured by a step before${meant === null ? '' : `; did you mean {{${meant}}}?`}`,
      };
    });
  });
}

type Capturing = Step & { readonly capture?: Readonly<Record<string, string>> };

/** Names that these steps capture. */
export function namesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => Object.keys((step as Capturing).capture ?? {}));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
