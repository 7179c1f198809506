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
/** A whole number of so many digits is exact, and its quotient by a power of ten is rounded as JSON rounds it. */
const EXACT_DIGITS = 15;

/**
 * Reads a reading straight from its bytes, as `encodeReading` writes it: a day of sixteen services has fourteen million
 * of them, for
 * which JSON takes a minute. A line written in any other way, however slightly, gives null and is left to JSON.
 * @param places values that a reading has; what comes back is good until the next call. A line is read up to `to`,
 *   where its closing brace or its seal begins
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

  /** Printable ASCII without escapes: what its bytes are, its JSON is. */
  const text = (): void => {
    literal('"');
    while (!refused && bytes[at] !== QUOTE) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) refused = true;
      at += 1;
    }
    at += 1;
  };

  /** Digits from here on, added to what came before them. */
  const digits = (before: number): number => {
    let value = before;
    for (let digit = (bytes[at] ?? 0) - ZERO; digit >= 0 && digit <= 9; digit = (bytes[at] ?? 0) - ZERO) {
      value = value * 10 + digit;
      at += 1;
    }
    return value;
  };

  /** Neither sign nor exponent: what has them stops at them, and the literal that follows is not there. */
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
    // What lies behind the line, of an older one perhaps, is none of it.
    return refused || at !== to
      ? null
      : { source: given.toString('latin1', begin, end), time, requests, minimum, median };
  };
}
