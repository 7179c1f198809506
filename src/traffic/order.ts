import { createRandom, shuffle, type Random } from './random.js';

/** Labels are shuffled inside stretches of this many requests. From stretch to stretch the weights hold. */
const STRETCH = 32;

/**
 * An endless, seeded sequence of indices into `weights`. Each stretch takes the index with the largest credit (smooth
 * weighted round robin, so the shares are never more than one request behind). Then it is shuffled, so that the mix has
 * no period that could match a period of the target. Every beginning and every window has the stated mix to within a
 * stretch. The sequence does not depend on how much of it is used.
 */
export function* mixOrder(weights: readonly number[], seed: number): Generator<number, never> {
  const even = evenly(weights);
  const random = createRandom(seed, 'order');
  for (;;) yield* shuffle(take(even, STRETCH), random);
}

/** Every index exactly as often as `counts` says, spread evenly and then shuffled in the same way. */
export function* spread(counts: readonly number[], random: Random): Generator<number, void> {
  const even = evenly(counts);
  for (let left = counts.reduce((sum, count) => sum + count, 0); left > 0; left -= STRETCH)
    yield* shuffle(take(even, Math.min(left, STRETCH)), random);
}

function take<T>(source: Generator<T, unknown>, count: number): T[] {
  return Array.from({ length: count }, () => source.next().value as T);
}

function* evenly(weights: readonly number[]): Generator<number, never> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credits = weights.map(() => 0);
  for (;;) {
    let best = 0;
    for (let i = 0; i < weights.length; i++) {
      credits[i] = (credits[i] as number) + (weights[i] as number);
      if ((credits[i] as number) > (credits[best] as number)) best = i;
    }
    credits[best] = (credits[best] as number) - total;
    yield best;
  }
}
