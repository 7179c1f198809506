/**
 * The seeded generator for everything random in the traffic. It uses only 32-bit integer arithmetic, so that every
 * platform and every Node version gives the same numbers. Sources: sfc32 by Chris Doty-Humphrey (PractRand 0.94,
 * `sfc.h`; public domain); its state is filled from the keys by FNV-1a (Fowler, Noll, Vo, 32 bits) and MurmurHash3's
 * 32-bit finaliser (Austin Appleby, public domain).
 */
export interface Random {
  /** An integer in [0, 2^32). */
  uint32(): number;
  /** An integer in [0, bound), without modulo bias; `bound` is from 1 to 2^32. */
  below(bound: number): number;
}

/** MurmurHash3's finaliser: every input bit influences every output bit. */
export function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** One 32-bit key from a sequence of names and numbers. Equal sequences give equal keys everywhere. */
export function keyOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  const byte = (value: number): void => {
    hash = Math.imul(hash ^ (value & 0xff), 0x01000193);
  };
  for (const part of parts) {
    const text = typeof part === 'number' ? `#${part}` : `"${part}`;
    for (let i = 0; i < text.length; i++) {
      byte(text.charCodeAt(i));
      byte(text.charCodeAt(i) >>> 8);
    }
    byte(0x1f);
  }
  return mix32(hash);
}

export function createRandom(...parts: readonly (string | number)[]): Random {
  const key = keyOf(...parts);
  let a = key | 0;
  let b = mix32(key ^ 0x9e3779b9) | 0;
  let c = mix32(key ^ 0x3c6ef372) | 0;
  let counter = 1;
  const uint32 = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  for (let i = 0; i < 12; i++) uint32();
  return {
    uint32,
    below(bound) {
      const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
      for (;;) {
        const drawn = uint32();
        if (drawn < limit) return drawn % bound;
      }
    },
  };
}

/** Fisher–Yates, in place. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const moved = items[i] as T;
    items[i] = items[j] as T;
    items[j] = moved;
  }
  return items;
}
