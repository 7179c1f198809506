import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallestSet, type Answer } from '../../src/narrow/smallest-set.js';

const PARTS = Array.from({ length: 20 }, (_, i) => i);
const SOME = fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 });

/** Searches, and counts the questions. The growth stops if all of these parts are exchanged. */
async function search(needed: readonly number[], answer: (parts: readonly number[]) => Answer | null = () => null) {
  let asked = 0;
  const set = await smallestSet(PARTS, async (parts) => {
    asked += 1;
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.length).toBeLessThan(PARTS.length);
    return answer(parts) ?? (needed.every((one) => parts.includes(one)) ? 'stops' : 'grows');
  });
  return { set: set.toSorted((a, b) => a - b), asked };
}

describe('the smallest set that stops the growth', () => {
  test.each(PARTS)('is one part of twenty, in a few questions: %i', async (cause) => {
    const { set, asked } = await search([cause]);
    expect(set).toEqual([cause]);
    // Two questions for each halving of twenty.
    expect(asked).toBeLessThanOrEqual(10);
  });

  test('is all causes, however many there are', async () => {
    await fc.assert(
      fc.asyncProperty(SOME, async (causes) => {
        expect((await search(causes)).set).toEqual(causes.toSorted((a, b) => a - b));
      }),
    );
  });

  test('is one of two parts, if each of them alone stops it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 2, maxLength: 2 }), async (either) => {
        const { set } = await search([], (parts) => (either.some((one) => parts.includes(one)) ? 'stops' : 'grows'));
        expect(set).toHaveLength(1);
        expect(either).toContain(set[0]);
      }),
    );
  });

  test('has the causes, and no single part can be left out, although some mixtures do not start', async () => {
    await fc.assert(
      fc.asyncProperty(SOME, fc.constantFrom(...PARTS), fc.constantFrom(...PARTS), async (causes, one, other) => {
        const answer = (parts: readonly number[]): Answer => {
          if (parts.includes(one) !== parts.includes(other)) return 'unresolved';
          return causes.every((cause) => parts.includes(cause)) ? 'stops' : 'grows';
        };
        const { set } = await search([], answer);
        expect(set).toEqual(expect.arrayContaining(causes));
        for (const part of set) expect(answer(set.filter((left) => left !== part))).not.toBe('stops');
      }),
    );
  });

  test('is a set that stops it, or all parts, whatever the answers are; and the questions are bounded', async () => {
    const answers = fc.infiniteStream(fc.constantFrom<Answer>('stops', 'grows', 'unresolved'));
    await fc.assert(
      fc.asyncProperty(answers, async (stream) => {
        const stopped = [JSON.stringify(PARTS)];
        const { set, asked } = await search([], (parts) => {
          const answer = stream.next().value as Answer;
          if (answer === 'stops') stopped.push(JSON.stringify(parts));
          return answer;
        });
        expect(stopped).toContain(JSON.stringify(set));
        expect(asked).toBeLessThanOrEqual(PARTS.length ** 2 + 3 * PARTS.length);
      }),
    );
  });

  test('is everything if every mixture is unresolved', async () => {
    expect((await search([], () => 'unresolved')).set).toEqual(PARTS);
  });
});
