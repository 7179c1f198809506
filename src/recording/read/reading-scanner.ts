/** The numbers of one reading. NaN is null: a metric that was not read, or a median equal to the minimum. */
export interface ScannedReading {
  /** JSON of trial, service and container: `"r1-baseline","s":"waf","c":1`. */
  readonly source: string;
  readonly time: number;
  readonly requests: number;
  readonly minimum: Float64Array;
  readonly median: Float64Array;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DOT = 0x2e;
const ZERO = 0x30;
/** A whole number with this many digits is exact, and dividing it by a power of ten rounds as JSON does. */
const EXACT_DIGITS = 15;

/**
 * Reads a reading directly from its bytes, in the form of `encodeReading`. A day of sixteen services has fourteen
 * million readings, for which JSON needs a minute. For a line in any other form the result is null, and JSON reads it.
 * @param places number of values of a reading. The result is valid until the next call. A line is read up to `to`,
 * where its closing brace or its seal begins
 */
export function readingScanner(places: number): (bytes: Buffer, from: number, to: number) => ScannedReading | null {
  const minimum = new Float64Array(places);
  const median = new Float64Array(places);
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  let refused = false;

  const literal = (expected: string): void => {
    for (let index = 0; index < expected.length; index += 1)
      if (bytes[at + index] !== expected.charCodeAt(index)) refused = true;
    at += expected.length;
  };

  /** Printable ASCII without escapes: its bytes are its JSON text. */
  const text = (): void => {
    literal('"');
    while (!refused && bytes[at] !== QUOTE) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) refused = true;
      at += 1;
    }
    at += 1;
  };

  /** Reads digits from here on, and appends them to the number before them. */
  const digits = (before: number): number => {
    let value = before;
    for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[at] ?? 0) - ZERO) {
      value = value * 10 + digit;
      at += 1;
    }
    return value;
  };

  /**
   * No sign and no exponent. A number with one stops the scan there, and the literal that should follow is not found.
   */
  const number = (): number => {
    const first = at;
    const whole = digits(0);
    const point = at;
    if (point === first || (bytes[first] === ZERO && point > first + 1)) refused = true;
    if (bytes[point] !== DOT) {
      if (point - first > EXACT_DIGITS) refused = true;
      return whole;
    }
    at += 1;
    const all = digits(whole);
    const decimals = at - point - 1;
    if (decimals === 0 || at - first > EXACT_DIGITS) refused = true;
    return all / 10 ** decimals;
  };

  const column = (values: Float64Array): void => {
    for (let place = 0; place < places; place += 1) {
      literal(place === 0 ? '[' : ',');
      const isNull = bytes[at] === 0x6e;
      if (isNull) literal('null');
      values[place] = isNull ? Number.NaN : number();
    }
    literal(']');
  };

  return (given, from, to) => {
    bytes = given;
    at = from;
    refused = false;
    literal('{"k":"r","t":');
    if (refused) return null;
    const begin = at;
    text();
    literal(',"s":');
    text();
    literal(',"c":');
    number();
    const end = at;
    literal(',"e":');
    const time = number();
    literal(',"n":');
    const requests = number();
    literal(',"m":');
    column(minimum);
    literal(',"d":');
    column(median);
    // Bytes after the line may belong to an older line in the buffer, so they are ignored.
    return refused || at !== to
      ? null
      : { source: given.toString('latin1', begin, end), time, requests, minimum, median };
  };
}
