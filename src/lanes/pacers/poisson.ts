import { risingPacer, type Pacer } from './pacer.js';

/**
 * Independent clients: the gaps between requests are exponential with mean 1000 / rate milliseconds: −ln(1 − U) ·
 * 1000 / rate for U uniform in [0, 1). The same seed gives the same gaps. Domain: rate > 0.
 */
export function poissonPacer(rate: number, count: number, seed: number): Pacer {
  const last = arrivals(rate, seed);
  for (let i = 0; i < count; i += 1) last.next();
  let arrival = arrivals(rate, seed);
  // Asked for in order, repeatedly for the one that is due. An earlier index starts again from the beginning.
  return risingPacer((index) => {
    const wanted = Math.min(index, count);
    if (wanted === count) return last.time;
    if (wanted < arrival.index) arrival = arrivals(rate, seed);
    while (arrival.index < wanted) arrival.next();
    return arrival.time;
  }, count);
}

interface Arrival {
  readonly index: number;
  /** Milliseconds after the start. */
  readonly time: number;
  next(): void;
}

/** The first arrival, at 0, and how to get the next. */
function arrivals(rate: number, seed: number): Arrival {
  const uniform = uniformNumbers(seed);
  const now = {
    index: 0,
    time: 0,
    next: () => {
      now.index += 1;
      now.time -= (Math.log(1 - uniform()) * 1000) / rate;
    },
  };
  return now;
}

/**
 * splitmix32, after Sebastiano Vigna's splitmix64. It is good enough for gaps; the requests themselves are drawn
 * elsewhere.
 */
function uniformNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  };
}
