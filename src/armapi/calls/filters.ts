/** `filters` of a call: name → texts. One of them must match (for labels: all). */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** Reads `filters`, which clients write as lists or as maps to `true`; null for anything else. */
export function parseFilters(text: string | undefined): Filters | null {
  if (text === undefined || text === '') return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value).map(([key, texts]) => [key, textsOf(texts)] as const);
  const known = entries.flatMap(([key, texts]) => (texts === null ? [] : [[key, texts] as const]));
  return known.length === entries.length ? new Map(known) : null;
}

function textsOf(value: unknown): string[] | null {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : null;
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).flatMap(([text, isOn]) => (isOn === true ? [text] : []));
}

/** Something that filters are asked about. */
export interface Filtered {
  readonly labels: Readonly<Record<string, string>>;
  /** Filter's name → whether a text fits. */
  readonly fits: Readonly<Record<string, (text: string) => boolean>>;
}

/** Whether every filter fits. */
export function passes(filters: Filters, { labels, fits }: Filtered): boolean {
  return [...filters].every(([key, texts]) =>
    key === 'label' ? texts.every((text) => hasLabel(labels, text)) : texts.some((text) => fits[key]?.(text) === true),
  );
}

function hasLabel(labels: Readonly<Record<string, string>>, text: string): boolean {
  const [key = '', ...value] = text.split('=');
  if (!Object.hasOwn(labels, key)) return false;
  return value.length === 0 || labels[key] === value.join('=');
}

/** Docker takes a name for a pattern. Of patterns, the two ends are understood: `^/?web$`. */
const NAME = /^(\^?)(?:\/\??)?([\w.-]*)(\$?)$/;

export function isNamePattern(text: string): boolean {
  return NAME.test(text);
}

export function fitsName(name: string, text: string): boolean {
  const [, start, middle = '', end] = NAME.exec(text) ?? [];
  if (start === '^' && end === '$') return name === middle;
  if (start === '^') return name.startsWith(middle);
  return end === '$' ? name.endsWith(middle) : name.includes(middle);
}
