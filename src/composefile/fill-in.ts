import { interpolate, type Lookup } from './interpolate.js';

export interface FilledIn {
  readonly value: unknown;
  readonly used: readonly string[];
  /** Variables without a required value, and the places that use them. */
  readonly missing: readonly { readonly path: readonly PropertyKey[]; readonly name: string }[];
}

/** Entries without a value take it from the environment: `environment: [TAG]`, `args: { TAG: }`. */
const PASSED_THROUGH = new Set<PropertyKey>(['environment', 'args']);

/** Every text of a compose file with its variables filled in. */
export function fillIn(given: unknown, lookup: Lookup): FilledIn {
  const used: string[] = [];
  const missing: { path: readonly PropertyKey[]; name: string }[] = [];
  const walk = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') {
      const one = interpolate(value, lookup);
      used.push(...one.used);
      missing.push(...one.missing.map((name) => ({ path, name })));
      return one.text;
    }
    const passed = PASSED_THROUGH.has(path.at(-1) ?? '');
    if (Array.isArray(value)) {
      const items = value.map((one: unknown, index) => walk(one, [...path, index]));
      return passed ? items.map((one) => passedItem(one, lookup, used)) : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        if (!passed || one !== null) return [key, walk(one, [...path, key])];
        used.push(key);
        return [key, lookup(key) ?? null];
      }),
    );
  };
  return { value: walk(given, []), used, missing };
}

function passedItem(item: unknown, lookup: Lookup, used: string[]): unknown {
  if (typeof item !== 'string' || item.includes('=')) return item;
  used.push(item);
  return `${item}=${lookup(item) ?? ''}`;
}
