import { createRandom, shuffle } from './random.js';

/** Labels are shuffled inside blocks of this many requests; between blocks the weights hold. */
const BLOCK = 32;

/**
 * An endless, seeded sequence of indices into `weights`. Each block takes the index whose credit is largest (smooth
 * weighted round robin, so the shares owed are never more than one request behind) and is then shuffled, so that no
 * period of the mix can fall in step with a period of the target. Every prefix, and every window, has the stated mix
 * to within a block; the sequence does not depend on how much of it is used.
 */
export function* mixOrder(weights: readonly number[], seed: number): Generator<number, never> {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credits = weights.map(() => 0);
  const random = createRandom(seed, 'order');
  for (;;) {
    const block: number[] = [];
    while (block.length < BLOCK) {
      let best = 0;
      for (let i = 0; i < weights.length; i++) {
        credits[i] = (credits[i] as number) + (weights[i] as number);
        if ((credits[i] as number) > (credits[best] as number)) best = i;
      }
      credits[best] = (credits[best] as number) - total;
      block.push(best);
    }
    yield* shuffle(block, random);
  }
}
