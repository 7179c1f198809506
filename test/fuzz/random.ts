/** Seeded random numbers: the same seed gives the same inputs. */
export interface Random {
  below(count: number): number;
  pick<T>(values: readonly T[]): T;
  /** True once in so many times. */
  oneIn(count: number): boolean;
}

/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, count);
  };
  return { below, pick: (values) => values[below(values.length)]!, oneIn: (count) => below(count) === 0 };
}
