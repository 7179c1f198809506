import type { ErrorRates } from '../results/index.js';

/** A run of a version against the good one. `open`: it did not decide, and carries no information. */
export interface VersionTest {
  /** Place in the list of versions; 0 is the good one. */
  readonly version: number;
  readonly reply: 'pass' | 'fail' | 'open';
}

/**
 * For each version, the probability that it is the first bad one. Before any test, all versions after the good one are
 * equally likely; all versions after the first bad one are bad.
 * @param count how many versions there are, with the good end (its probability is 0) and the bad end
 * @throws RangeError for fewer than two versions
 * Source: docs/method.md#step-13-releases
 * @example probabilities(3, [{ version: 1, reply: 'fail' }], { falseFail: 0.01, missedFail: 0.05 })
 */
export function probabilities(count: number, tests: readonly VersionTest[], rates: ErrorRates): readonly number[] {
  if (count < 2) throw new RangeError(`${count} versions have no first bad one`);
  const logs = Array.from({ length: count }, (_, first) =>
    first === 0 ? -Infinity : tests.reduce((sum, test) => sum + Math.log(likelihood(test, first, rates)), 0),
  );
  const largest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - largest));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** How likely the reply is if `first` is the first bad version. */
function likelihood({ version, reply }: VersionTest, first: number, rates: ErrorRates): number {
  if (reply === 'open') return 1;
  const fails = failsWith(version >= first, rates);
  return reply === 'fail' ? fails : 1 - fails;
}

const failsWith = (bad: boolean, { falseFail, missedFail }: ErrorRates): number => (bad ? 1 - missedFail : falseFail);

/**
 * What a test of this version is expected to tell about the first bad one, in bits: the entropy of its reply, less the
 * part that comes from wrong verdicts. Source: docs/method.md#step-13-releases
 */
export function information(posterior: readonly number[], version: number, rates: ErrorRates): number {
  const bad = posterior.slice(0, version + 1).reduce((sum, one) => sum + one, 0);
  const [ofBad, ofGood] = [failsWith(true, rates), failsWith(false, rates)];
  return entropy(bad * ofBad + (1 - bad) * ofGood) - bad * entropy(ofBad) - (1 - bad) * entropy(ofGood);
}

/** Entropy of a reply that has this probability, in bits. */
function entropy(p: number): number {
  return [p, 1 - p].reduce((sum, one) => (one > 0 ? sum - one * Math.log2(one) : sum), 0);
}
