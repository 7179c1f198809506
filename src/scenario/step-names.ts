import { nearest, type Step } from '../model/index.js';

const USED = /\{\{\s*(\w+)\s*\}\}/g;

/** Every `{{name}}` that no earlier step has captured, with the step that uses it. */
export function checkNames(steps: readonly Step[]): { readonly index: number; readonly message: string }[] {
  const known = new Set(['n']);
  return steps.flatMap((step, index) => {
    const { capture = {}, ...rest } = step as Step & { readonly capture?: Readonly<Record<string, string>> };
    const unknown = [...new Set(textsOf(rest).flatMap((text) => [...text.matchAll(USED)].map(([, name = '']) => name)))].filter((name) => !known.has(name));
    for (const name of Object.keys(capture)) known.add(name);
    return unknown.map((name) => {
      const meant = nearest(name, [...known]);
      return { index, message: `{{${name}}} was not captured by a step before${meant === null ? '' : `; did you mean {{${meant}}}?`}` };
    });
  });
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
