import { mix32 } from './random.js';

const ROUNDS = 4;

/**
 * A seeded bijection on [0, size): the position of `index` among `size` shuffled items, without a list of them. A
 * balanced Feistel network over the next even power of two, repeated until the result is inside (Black and Rogaway,
 * "Ciphers with arbitrary finite domains", 2002, method 2). `size` is from 1 to 2^52.
 */
export function permute(index: number, size: number, key: number): number {
  if (size <= 1) return 0;
  const half = halfBits(size);
  const base = 2 ** half;
  const mask = base - 1;
  let position = index;
  do {
    let left = Math.floor(position / base);
    let right = position - left * base;
    for (let round = 0; round < ROUNDS; round++) {
      const turned = left ^ (mix32(right ^ mix32(key + Math.imul(round + 1, 0x9e3779b9))) & mask);
      left = right;
      right = turned;
    }
    position = left * base + right;
  } while (position >= size);
  return position;
}

/** Bits of one Feistel half: the smallest h with 4^h ≥ size. */
function halfBits(size: number): number {
  let bits = 1;
  while (4 ** bits < size) bits++;
  return bits;
}
