/** A value that is not the same in two documents. */
export interface Difference {
  /** `verdict.assessment.services[0].margin`; empty for the document itself. */
  readonly path: string;
  /** JSON, or undefined where one of them has no such value. */
  readonly one: string | undefined;
  readonly other: string | undefined;
}

/** Every value in which two JSON documents differ, in the order of the first one. */
export function differences(one: unknown, other: unknown, path = ''): Difference[] {
  if (isRecord(one) && isRecord(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differences(one[key], other[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    const longer: readonly unknown[] = one.length > other.length ? one : other;
    return longer.flatMap((_, place) => differences(one[place], other[place], `${path}[${place}]`));
  }
  const [text, otherText] = [JSON.stringify(one), JSON.stringify(other)];
  return text === otherText ? [] : [{ path, one: text, other: otherText }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
