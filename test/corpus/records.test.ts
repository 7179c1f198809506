import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonObjects } from '../../src/corpus/json-objects.js';
import { splitAt, type Piece } from '../../src/corpus/records.js';

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
  test('gives what String.split gives, with line numbers, wherever the stream is broken', async () => {
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

  test('lets go of a piece beyond the limit, and goes on after it', async () => {
    const text = `short\n${'x'.repeat(500)}\nafter`;
    expect(await collect(splitAt(broken(text, 16), Buffer.from('\n'), 64))).toEqual([
      { text: 'short', line: 1, tooLong: false },
      { text: '', line: 2, tooLong: true },
      { text: 'after', line: 3, tooLong: false },
    ]);
  });
});

describe('jsonObjects', () => {
  test('finds every object of a list, whatever is in it and wherever the stream is broken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1),
        async (objects, size, indent) => {
          const text = JSON.stringify({ 'lo"g{': { entries: objects } }, null, indent);
          const found = await collect(jsonObjects(broken(text, size), 3));
          expect(found.map((one) => JSON.parse(one.text) as unknown)).toEqual(JSON.parse(JSON.stringify(objects)));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('says on which line each begins', async () => {
    expect((await collect(jsonObjects(broken('\n{}\n\n{"a":\n{}}', 3), 0))).map(({ line }) => line)).toEqual([2, 4]);
  });
});
