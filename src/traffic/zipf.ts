import { SlopegateError } from '../model/index.js';
import { createRandom } from './random.js';

/** A table of the shares is kept in memory. */
const MOST_VALUES = 1_000_000;
const LARGEST_EXPONENT = 4;

/**
 * Ranks 0, 1, 2… by Zipf's law: rank k − 1 has the probability (1 / k^exponent) / Σ (1 / i^exponent). Draw number
 * `n` depends only on the keys and n. The exponent has steps of a quarter, so divisions and square roots are enough:
 * they give the same numbers on every machine, powers and logarithms do not. Source: inversion of the distribution
 * function, Devroye, Non-Uniform Random Variate Generation (1986), III.2.
 * @throws SlopegateError TRAFFIC_INVALID if the exponent or the number of values cannot be used
 */
export function createZipf(cardinality: number, exponent: number, name: string): (draw: number, key: number) => number {
  if (!Number.isInteger(exponent * 4) || exponent <= 0 || exponent > LARGEST_EXPONENT)
    throw new SlopegateError('TRAFFIC_INVALID', `Field "${name}" has the Zipf exponent ${exponent}`, {
      hint: `It goes from 0.25 to ${LARGEST_EXPONENT} in steps of 0.25; 1 is usual`,
    });
  if (cardinality > MOST_VALUES)
    throw new SlopegateError('TRAFFIC_INVALID', `Field "${name}" has ${cardinality} values, too many for Zipf's law`, {
      hint: `At most ${MOST_VALUES} values can be used unevenly; state fewer, or leave zipf out`,
    });
  const sums = new Float64Array(cardinality);
  let sum = 0;
  for (let k = 1; k <= cardinality; k++) sums[k - 1] = sum += 1 / powerOfQuarters(k, exponent * 4);
  return (draw, key) => {
    const random = createRandom(key, draw);
    return firstAbove(sums, ((random.uint32() * 2 ** 21 + (random.uint32() >>> 11)) / 2 ** 53) * sum);
  };
}

/** k^(quarters / 4) for k ≥ 1, by multiplication and square roots. */
function powerOfQuarters(k: number, quarters: number): number {
  let power = 1;
  for (let whole = 4; whole <= quarters; whole += 4) power *= k;
  if (quarters % 4 >= 2) power *= Math.sqrt(k);
  if (quarters % 2 === 1) power *= Math.sqrt(Math.sqrt(k));
  return power;
}

/** Index of the first sum above the value; at most the last one. */
function firstAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
