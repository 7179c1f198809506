import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harEntries } from '../../src/requests/records/har-entries.js';
import { jsonRecords } from '../../src/requests/records/json-records.js';
import { splitAt, type Piece } from '../../src/requests/records/records.js';

async function* broken(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(pieces: AsyncIterable<Piece>): Promise<{ text: string; line: number; tooLong: boolean }[]> {
  const collected = [];
  for await (const { bytes, line, tooLong } of pieces) collected.push({ text: bytes.toString('utf8'), line, tooLong });
  return collected;
}

describe('splitAt', () => {
  test('gives the same as String.split, with line numbers, wherever the stream is split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', '\n', '🐵', '#', '|') }),
        fc.integer({ min: 1, max: 7 }),
        async (text, size) => {
          const parts = text.split('#|');
          const lineOf = (i: number): number => parts.slice(0, i).join('#|').split('\n').length;
          const expected = parts.map((part, i) => ({ text: part, line: lineOf(i), tooLong: false }));
          if (expected.at(-1)?.text === '') expected.pop();
          expect(await collect(splitAt(broken(text, size), Buffer.from('#|')))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('drops a piece above the limit and continues after it', async () => {
    const text = `short\n${'x'.repeat(500)}\nafter`;
    expect(await collect(splitAt(broken(text, 16), Buffer.from('\n'), 64))).toEqual([
      { text: 'short', line: 1, tooLong: false },
      { text: '', line: 2, tooLong: true },
      { text: 'after', line: 3, tooLong: false },
    ]);
  });
});

const scan = (text: string, size: number) => {
  const scanned = { listed: false, cutShort: false, line: 1 };
  return { scanned, found: collect(harEntries(broken(text, size), scanned)) };
};

describe('harEntries', () => {
  test('finds every object of a list, with any content and with any split of the stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1),
        async (objects, size, indent) => {
          const text = JSON.stringify({ 'lo"g{': { pages: [{ id: 1 }], entries: objects } }, null, indent);
          const { found, scanned } = scan(text, size);
          expect((await found).map((one) => JSON.parse(one.text) as unknown)).toEqual(
            JSON.parse(JSON.stringify(objects)),
          );
          expect(scanned).toMatchObject({ listed: true, cutShort: false });
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['{"entries":[{"a":1},{"b":[{"entries":[{}]}]}]}', ['{"a":1}', '{"b":[{"entries":[{}]}]}']],
    ['[{"a":{"log":1}},{"b":2}]', ['{"a":{"log":1}}', '{"b":2}']],
    ['[{"log":{"entries":[{"a":1}]}},{"log":{"entries":[{"b":2}]}}]', ['{"a":1}', '{"b":2}']],
    ['onInputData({"log":{"entries":[{"a":1}]}})', ['{"a":1}']],
    ['{"log":{"entries":[]}}', []],
  ])('of %s', async (text, entries) => {
    for (const size of [1, 1000]) {
      const { found, scanned } = scan(text, size);
      expect((await found).map((one) => one.text)).toEqual(entries);
      expect(scanned).toMatchObject({ listed: true, cutShort: false });
    }
  });

  test('says that a list is missing or incomplete', async () => {
    const other = scan('{"a":{"b":[{}]}}', 3);
    expect(await other.found).toEqual([]);
    expect(other.scanned).toEqual({ listed: false, cutShort: false, line: 1 });
    const cut = scan('{"entries":[\n{"a":\n{', 3);
    expect(await cut.found).toEqual([]);
    expect(cut.scanned).toEqual({ listed: true, cutShort: true, line: 2 });
  });

  test('says on which line each entry begins', async () => {
    expect((await scan('[\n{}\n\n,{"a":\n{}}]', 3).found).map(({ line }) => line)).toEqual([2, 4]);
  });
});

describe('jsonRecords', () => {
  test('finds every object, on one line or several, wherever the stream is split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1))),
        fc.integer({ min: 1, max: 40 }),
        async (objects, size) => {
          const text = objects.map(([value, indent]) => `${JSON.stringify(value, null, indent)}\n`).join('');
          const found = await collect(jsonRecords(broken(text, size)));
          expect(found.map((one) => JSON.parse(one.text) as unknown)).toEqual(
            objects.map(([value]) => JSON.parse(JSON.stringify(value)) as unknown),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['12:00 "host [a] {"a":1}\n{"b":2} {"c":3}\n', ['{"a":1}', '{"b":2}', '{"c":3}']],
    // An object that is broken ends with its line.
    ['{"a":\n{"b":2}\n', ['{"a":', '{"b":2}']],
    ['{"a":"x\n{"b":2}\n', ['{"a":"x', '{"b":2}']],
    ['{\n "a": {\n{"b":2}\n', ['{\n "a": {\n', '{"b":2}']],
    ['no object\n\n{"b":2}', ['', '{"b":2}']],
  ])('of %j', async (text, records) => {
    for (const size of [1, 1000])
      expect((await collect(jsonRecords(broken(text, size)))).map((one) => one.text)).toEqual(records);
  });
});
