import { describe, expect, test } from 'vitest';
import { information, probabilities, searchFirstBad, type VersionTest } from '../../src/releases/index.js';
import { BISECT_FALSE_FAIL, BISECT_LEVEL, BISECT_MISSED_FAIL, BISECT_MOST_RUNS } from '../../src/statistics/method.js';
import { randomFrom } from '../../bench/statistics/generator/random.js';

const RATES = { falseFail: BISECT_FALSE_FAIL, missedFail: BISECT_MISSED_FAIL };
const NOISY = { falseFail: 0.1, missedFail: 0.3 };

/** Probability of a reply, written out as a table. */
function chance(reply: 'pass' | 'fail', version: number, first: number, rates: typeof RATES): number {
  if (version >= first) return reply === 'fail' ? 1 - rates.missedFail : rates.missedFail;
  return reply === 'fail' ? rates.falseFail : 1 - rates.falseFail;
}

/** Bayes' theorem by counting every case. */
function reference(count: number, tests: readonly VersionTest[], rates: typeof RATES): number[] {
  const joint = Array.from({ length: count }, () => 0);
  for (let first = 1; first < count; first += 1) {
    joint[first] = 1 / (count - 1);
    for (const { version, reply } of tests) if (reply !== 'open') joint[first]! *= chance(reply, version, first, rates);
  }
  const sum = joint.reduce((all, one) => all + one, 0);
  return joint.map((one) => one / sum);
}

const TESTS: readonly VersionTest[] = [
  { version: 3, reply: 'pass' },
  { version: 5, reply: 'fail' },
  { version: 4, reply: 'open' },
  { version: 4, reply: 'fail' },
  { version: 3, reply: 'fail' },
];

describe('the probability that a version is the first bad one', () => {
  test.each([RATES, NOISY])('agrees with a count of all cases, %j', (rates) => {
    for (let length = 0; length <= TESTS.length; length += 1) {
      const expected = reference(7, TESTS.slice(0, length), rates);
      const found = probabilities(7, TESTS.slice(0, length), rates);
      for (const [version, one] of expected.entries()) expect(found[version]).toBeCloseTo(one, 12);
    }
  });

  test('a run that did not decide changes nothing', () => {
    expect(probabilities(5, [{ version: 2, reply: 'open' }], RATES)).toEqual(probabilities(5, [], RATES));
  });

  test('hundreds of tests do not underflow', () => {
    const tests = Array.from({ length: 900 }, (): VersionTest => ({ version: 2, reply: 'fail' }));
    const found = probabilities(4, tests, RATES);
    expect(found[1]! + found[2]!).toBeCloseTo(1, 12);
  });
});

describe('what a test can show', () => {
  test.each([RATES, NOISY])('is the expected fall in entropy, %j', (rates) => {
    const before = reference(7, TESTS.slice(0, 2), rates);
    const bits = (all: readonly number[]): number =>
      all.reduce((sum, one) => (one > 0 ? sum - one * Math.log2(one) : sum), 0);
    for (let version = 1; version < 7; version += 1) {
      let after = 0;
      for (const reply of ['pass', 'fail'] as const) {
        const share = before.reduce(
          (sum, one, first) => (first === 0 ? sum : sum + one * chance(reply, version, first, rates)),
          0,
        );
        after += share * bits(reference(7, [...TESTS.slice(0, 2), { version, reply }], rates));
      }
      expect(information(before, version, rates)).toBeCloseTo(bits(before) - after, 12);
    }
  });

  test('the bad end tells nothing: it is bad in every case', () => {
    expect(information(probabilities(7, [], RATES), 6, RATES)).toBeCloseTo(0, 12);
  });
});

describe('the search', () => {
  const options = { count: 9, rates: RATES, level: 0.99, most: 40, tries: 2, known: [] };
  const truth =
    (first: number, asked: number[] = []) =>
    (version: number): Promise<VersionTest['reply']> => {
      asked.push(version);
      return Promise.resolve(version >= first ? 'fail' : 'pass');
    };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('finds version %i if no verdict is wrong', async (first) => {
    expect(await searchFirstBad({ ...options, test: truth(first) })).toMatchObject({
      firstBad: [first],
      ended: 'sure',
    });
  });

  test('begins in the middle', async () => {
    const asked: number[] = [];
    await searchFirstBad({ ...options, test: truth(3, asked) });
    expect(asked[0]).toBe(4);
  });

  test('two neighbours need no test', async () => {
    const asked: number[] = [];
    expect(await searchFirstBad({ ...options, count: 2, test: truth(1, asked) })).toMatchObject({ firstBad: [1] });
    expect(asked).toEqual([]);
  });

  test('tests that are known count', async () => {
    const known: VersionTest[] = [4, 4, 4].map((version) => ({ version, reply: 'pass' }));
    known.push({ version: 5, reply: 'fail' }, { version: 5, reply: 'fail' });
    const asked: number[] = [];
    const found = await searchFirstBad({ ...options, known, test: truth(5, asked) });
    expect(found).toMatchObject({ firstBad: [5], ended: 'sure' });
    expect(asked).toEqual([]);
  });

  test('a version without a decision is tested twice; then two versions are left', async () => {
    const asked: number[] = [];
    const found = await searchFirstBad({
      ...options,
      test: (version) => (version === 4 ? (asked.push(4), Promise.resolve('open')) : truth(5)(version)),
    });
    expect(found).toMatchObject({ firstBad: [4, 5], ended: 'open' });
    expect(asked).toEqual([4, 4]);
  });

  test('a run that did not decide is repeated', async () => {
    const asked: number[] = [];
    const found = await searchFirstBad({
      ...options,
      test: (version) => (asked.length === 0 ? (asked.push(version), Promise.resolve('open')) : truth(5)(version)),
    });
    expect(found).toMatchObject({ firstBad: [5], ended: 'sure' });
  });

  test('if no run decides, all versions are left', async () => {
    const found = await searchFirstBad({ ...options, test: () => Promise.resolve('open') });
    expect(found).toMatchObject({ firstBad: [1, 2, 3, 4, 5, 6, 7, 8], ended: 'open' });
  });

  test('ends after the most runs if verdicts always contradict each other', async () => {
    let replies = 0;
    const test = () => Promise.resolve((replies += 1) % 2 === 0 ? ('pass' as const) : ('fail' as const));
    const found = await searchFirstBad({ ...options, rates: { falseFail: 0.49, missedFail: 0.49 }, most: 6, test });
    expect(found.ended).toBe('too-many');
    expect(found.firstBad.length).toBeGreaterThan(1);
    expect(replies).toBe(6);
  });
});

test.each([
  ['the stated error rates', RATES, 10],
  ['the stated error rates', RATES, 33],
  ['rates of 10 and 30 %', NOISY, 10],
])(
  'over 4,000 simulated searches with %s, %j, %i versions, at most 1 % name a wrong version',
  async (_, rates, count) => {
    const random = randomFrom(20261128);
    let wrong = 0;
    const searches = 4_000;
    for (let search = 0; search < searches; search += 1) {
      const first = 1 + Math.floor(random.uniform() * (count - 1));
      const found = await searchFirstBad({
        count,
        rates,
        level: BISECT_LEVEL,
        most: rates === RATES ? BISECT_MOST_RUNS : 1_000,
        tries: 2,
        known: [],
        test: (version) => Promise.resolve(random.chance(chance('fail', version, first, rates)) ? 'fail' : 'pass'),
      });
      if (found.ended !== 'sure' || found.firstBad[0] !== first) wrong += 1;
    }
    // Three standard errors of a share of 1 % in so many searches.
    expect(wrong / searches).toBeLessThan(1 - BISECT_LEVEL + 3 * Math.sqrt((0.01 * 0.99) / searches));
  },
);
