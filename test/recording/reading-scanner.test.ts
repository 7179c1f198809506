import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { METRICS, type Metric } from '../../src/model/index.js';
import { encodeReading } from '../../src/journal/lines/encode-reading.js';
import { readingScanner } from '../../src/recording/read/reading-scanner.js';

/** What JSON makes of a reading's line, in the scanner's words. */
function byJson(line: string) {
  const { t, s, c, e, n, m, d } = JSON.parse(line) as {
    t: string;
    s: string;
    c: number;
    e: number;
    n: number;
    m: (number | null)[];
    d: (number | null)[];
  };
  const column = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);
  return {
    source: `${JSON.stringify(t)},"s":${JSON.stringify(s)},"c":${c}`,
    time: e,
    requests: n,
    minimum: column(m),
    median: column(d),
  };
}

/** Scans a line up to its closing brace, as the journal's reader does; null if it has none. */
function scanned(line: string) {
  return line.endsWith('}') ? scannedUpTo(line.slice(0, -1)) : null;
}

function scannedUpTo(body: string, behind = '}') {
  return readingScanner(METRICS.length)(Buffer.from(body + behind), 0, Buffer.byteLength(body));
}

const amount = fc.oneof(
  fc.nat(2 ** 31 - 1),
  fc.integer({ min: 0, max: 1e14 }),
  fc.nat(1e8).map((half) => half + 0.5),
  fc.nat(1e6).map((thousandth) => thousandth / 1000),
);
const CHARACTERS = Array.from('0123456789.,-+eE"\\[]{}nul:\u0000é ');
const values = fc.dictionary(fc.constantFrom(...METRICS), amount) as fc.Arbitrary<Partial<Record<Metric, number>>>;
const reading = fc.record({
  service: fc.stringMatching(/^[\w.-]{1,12}$/),
  container: fc.integer({ min: 1, max: 99 }),
  time: amount,
  requests: amount,
  minimum: values,
  median: values,
});

test('what the journal writes is read exactly as JSON reads it', () => {
  fc.assert(
    fc.property(reading, (one) => {
      const line = encodeReading('r1-baseline', one);
      expect(scanned(line)).toEqual(byJson(line));
    }),
    { numRuns: 500 },
  );
});

test('a damaged line is refused, or gives the same result as JSON', () => {
  const damage = fc.record({
    at: fc.nat(400),
    length: fc.nat(3),
    put: fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 3 }),
  });
  fc.assert(
    fc.property(reading, damage, (one, { at, length, put }) => {
      const whole = encodeReading('r1-baseline', one);
      const place = at % whole.length;
      const line = whole.slice(0, place) + put + whole.slice(place + length);
      const found = scanned(line);
      expect(found === null || isDeepStrictEqual(found, byJson(line))).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('an incomplete line is not completed by the bytes after it', () => {
  const minimum = Object.fromEntries(METRICS.map((metric) => [metric, 40_000_000]));
  const line = encodeReading('r1-baseline', {
    service: 'waf',
    container: 1,
    time: 1,
    requests: 75,
    minimum,
    median: minimum,
  });
  for (let length = 0; length < line.length - 1; length += 1)
    expect(scannedUpTo(line.slice(0, length), line.slice(length))).toBeNull();
  expect(scannedUpTo(line.slice(0, -1))).not.toBeNull();
});

test('numbers beyond what is exact are left to JSON', () => {
  const line = (text: string) =>
    `{"k":"r","t":"r1","s":"waf","c":1,"e":${text},"n":1,` +
    `"m":[${METRICS.map(() => 1).join()}],"d":[${METRICS.map(() => 'null').join()}]}`;
  expect(scanned(line('1.5'))?.time).toBe(1.5);
  for (const text of ['1e3', '-1', '01', '1.', '.5', '9007199254740993', '0.1234567890123456', 'null', ''])
    expect(scanned(line(text))).toBeNull();
});
