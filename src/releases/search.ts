import type { ErrorRates, SearchEnd } from '../results/index.js';
import { information, probabilities, type VersionTest } from './posterior.js';

export interface SearchOptions {
  /** How many versions there are, with the good end and the bad end. */
  readonly count: number;
  readonly rates: ErrorRates;
  /** Probability that the answer must have, 0…1. */
  readonly level: number;
  /** Tests that are done at most. Those that are known count too. */
  readonly most: number;
  /** Tests of one version that may be without a decision before it is left alone. */
  readonly tries: number;
  /** Tests that were done before. */
  readonly known: readonly VersionTest[];
  /** Tests a version against the good one. */
  readonly test: (version: number) => Promise<VersionTest['reply']>;
}

export interface Search {
  readonly posterior: readonly number[];
  /** Versions of which one is the first bad one. */
  readonly firstBad: readonly number[];
  readonly ended: SearchEnd;
}

/**
 * Finds the first bad version by tests that are sometimes wrong. The next test is the one that tells most. After
 * `tries` tests without a decision a version is left alone; versions that only its tests could tell apart stay
 * together.
 * @example await searchFirstBad({ count: 9, rates, level: 0.99, most: 40, tries: 2, known: [], test })
 */
export async function searchFirstBad({
  count,
  rates,
  level,
  most,
  tries,
  known,
  test,
}: SearchOptions): Promise<Search> {
  const tests = [...known];
  const openTests: number[] = [];
  for (;;) {
    const open = new Set(openTests.filter((one) => openTests.filter((other) => other === one).length >= tries));
    const posterior = probabilities(count, tests, rates);
    const firstBad = likeliest(posterior, open);
    const sum = firstBad.reduce((all, version) => all + (posterior[version] ?? 0), 0);
    if (sum >= level) return { posterior, firstBad, ended: firstBad.length === 1 ? 'sure' : 'open' };
    if (tests.length >= most) return { posterior, firstBad: within(posterior, level), ended: 'too-many' };
    const version = mostTelling(posterior, rates, open);
    const reply = await test(version);
    tests.push({ version, reply });
    if (reply === 'open') openTests.push(version);
  }
}

/** The likeliest group of versions that tests can still tell from all others. */
function likeliest(posterior: readonly number[], open: ReadonlySet<number>): readonly number[] {
  const groups: number[][] = [];
  for (let version = 1; version < posterior.length; version += 1) {
    // Only a test of the version before tells these two apart.
    if (version > 1 && open.has(version - 1)) groups.at(-1)?.push(version);
    else groups.push([version]);
  }
  const sumOf = (group: readonly number[]): number => group.reduce((sum, one) => sum + (posterior[one] ?? 0), 0);
  return groups.reduce((best, group) => (sumOf(group) > sumOf(best) ? group : best));
}

/** The fewest versions that together have the probability. */
function within(posterior: readonly number[], level: number): readonly number[] {
  const sorted = posterior.map((probability, version) => ({ probability, version }));
  sorted.sort((a, b) => b.probability - a.probability);
  let sum = 0;
  const chosen = sorted.filter(({ probability }) => {
    const needed = sum < level;
    sum += probability;
    return needed;
  });
  return chosen.map(({ version }) => version).sort((a, b) => a - b);
}

function mostTelling(posterior: readonly number[], rates: ErrorRates, open: ReadonlySet<number>): number {
  const versions = posterior.map((_, version) => version).filter((version) => version > 0 && !open.has(version));
  const told = (version: number): number => information(posterior, version, rates);
  return versions.reduce((best, version) => (told(version) > told(best) ? version : best));
}
