import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCauses, type Weighed } from '../../src/narrow/index.js';

const PARTS = Array.from({ length: 20 }, (_, i) => `part-${i}`);

interface Leak {
  /** It is there as long as none of these comes from the baseline. */
  readonly parts: readonly string[];
  readonly bytes: number;
}

interface Settings {
  /** Part → parts that must come from the baseline with it. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  readonly most?: number;
  readonly starts?: (mixture: readonly string[]) => boolean;
}

/** A service whose growth is the sum of its leaks; counts the mixtures. */
async function narrow(leaks: readonly Leak[], { needs = {}, most = 1000, starts = () => true }: Settings = {}) {
  let mixtures = 0;
  const weigh = async (mixture: readonly string[]): Promise<Weighed> => {
    mixtures += 1;
    if (!starts(mixture)) return { answer: 'unresolved', bytes: [] };
    const left = leaks.filter(({ parts }) => !parts.every((part) => mixture.includes(part)));
    const bytes = left.reduce((sum, leak) => sum + leak.bytes, 0);
    return { answer: bytes === 0 ? 'stops' : 'grows', bytes: [bytes] };
  };
  const withNeeded = (parts: readonly string[]): ReadonlySet<string> => {
    const all = new Set(parts);
    for (const part of all) for (const other of needs[part] ?? []) all.add(other);
    return all;
  };
  const whole = [leaks.reduce((sum, { bytes }) => sum + bytes, 0)];
  return { ...(await findCauses({ parts: PARTS, withNeeded, weigh, whole, most })), mixtures: () => mixtures };
}

describe('one cause among twenty parts', () => {
  test.each(PARTS)('is found in at most eleven mixtures: %s', async (part) => {
    const { ended, causes, mixtures } = await narrow([{ parts: [part], bytes: 264 }]);
    expect(ended).toBe('found');
    expect(causes).toEqual([{ parts: [part], companions: [], ruledOut: [], bytes: [264] }]);
    expect(mixtures()).toBeLessThanOrEqual(11);
  });

  test('is named without the libraries that it needs', async () => {
    const needs = { 'part-7': ['part-2', 'part-3'] };
    const { causes } = await narrow([{ parts: ['part-7'], bytes: 264 }], { needs });
    expect(causes).toEqual([
      { parts: ['part-7'], companions: ['part-2', 'part-3'], ruledOut: ['part-2', 'part-3'], bytes: [264] },
    ]);
  });

  test('is told from the libraries that it needs, also if a package needs it', async () => {
    const needs = { 'part-7': ['part-2', 'part-11'], 'part-11': ['part-7'] };
    const { causes } = await narrow([{ parts: ['part-7'], bytes: 264 }], { needs });
    const [cause] = causes;
    expect([...(cause?.parts ?? []), ...(cause?.companions ?? [])].sort()).toEqual(['part-11', 'part-2', 'part-7']);
    expect(cause?.ruledOut).toEqual(['part-2']);
  });

  test('may also be in what always goes with it', async () => {
    const needs = { 'part-7': ['part-2'], 'part-2': ['part-7'] };
    const { causes } = await narrow([{ parts: ['part-7'], bytes: 264 }], { needs });
    const [cause] = causes;
    expect([...(cause?.parts ?? []), ...(cause?.companions ?? [])].sort()).toEqual(['part-2', 'part-7']);
    expect(cause?.ruledOut).toEqual([]);
  });

  test('is the needed library, if that alone stops the growth', async () => {
    const needs = { 'part-1': ['part-9'], 'part-2': ['part-9'] };
    const { causes } = await narrow([{ parts: ['part-9'], bytes: 264 }], { needs });
    expect(causes).toEqual([{ parts: ['part-9'], companions: [], ruledOut: [], bytes: [264] }]);
  });
});

describe('two causes', () => {
  test('are told as two, each with its own bytes', async () => {
    const pair = fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(pair, async ([one = '', other = '']) => {
        const { ended, causes } = await narrow([
          { parts: [one], bytes: 264 },
          { parts: [other], bytes: 1000 },
        ]);
        expect(ended).toBe('found');
        expect(new Map(causes.map(({ parts, bytes }) => [parts.join(), bytes[0]]))).toEqual(
          new Map([
            [one, 264],
            [other, 1000],
          ]),
        );
      }),
    );
  });

  test('are one cause if only the exchange of both stops the growth', async () => {
    const { ended, causes } = await narrow([{ parts: ['part-4', 'part-15'], bytes: 264 }]);
    expect(ended).toBe('found');
    expect(causes).toEqual([{ parts: ['part-4', 'part-15'], companions: [], ruledOut: [], bytes: [264] }]);
  });

  test('are told as two if one of them does not start without a third part, and the answer is open', async () => {
    const leaks = [
      { parts: ['part-5'], bytes: 600 },
      { parts: ['part-16'], bytes: 1700 },
    ];
    const starts = (mixture: readonly string[]): boolean => mixture.includes('part-4') === mixture.includes('part-5');
    const { ended, causes } = await narrow(leaks, { starts });
    expect(ended).toBe('open');
    expect(causes.map(({ parts, bytes }) => [parts, bytes])).toEqual([
      [['part-16'], [1700]],
      [['part-4', 'part-5'], [600]],
    ]);
  });

  test('are one if no mixture with less of them starts', async () => {
    const leaks = [
      { parts: ['part-4'], bytes: 264 },
      { parts: ['part-15'], bytes: 1000 },
    ];
    const starts = (mixture: readonly string[]): boolean => mixture.includes('part-4') === mixture.includes('part-15');
    const { ended, causes } = await narrow(leaks, { starts });
    expect(ended).toBe('open');
    expect(causes.map(({ parts, bytes }) => [parts, bytes])).toEqual([[['part-4', 'part-15'], [1264]]]);
  });
});

describe('a search without an answer', () => {
  test('says that the cause is elsewhere if all parts together do not stop the growth', async () => {
    expect(await narrow([{ parts: ['kernel'], bytes: 264 }])).toMatchObject({ ended: 'elsewhere', causes: [] });
  });

  test('says that nothing is known if the mixture of all parts does not start', async () => {
    expect(await narrow([], { starts: () => false })).toMatchObject({ ended: 'unresolved', causes: [] });
  });

  test('ends after the most mixtures, and says so', async () => {
    const leaks = ['part-0', 'part-5', 'part-11', 'part-19'].map((part, i) => ({ parts: [part], bytes: 100 + i }));
    const { ended, causes, mixtures } = await narrow(leaks, { most: 12 });
    expect(ended).toBe('too-many');
    expect(mixtures()).toBe(12);
    expect(causes.flatMap(({ parts }) => parts)).toEqual(expect.arrayContaining(leaks.flatMap(({ parts }) => parts)));
  });
});
