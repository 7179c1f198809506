import { risingPacer, type Pacer } from './pacer.js';

/**
 * Independent clients: the gaps between requests are exponential with mean 1000 / rate milliseconds, −ln(1 − U) · 1000
 * /
 * rate for U uniform in [0, 1). The same seed gives the same gaps. Domain: rate > 0.
 */
export function poissonPacer(rate: number, count: number, seed: number): Pacer {
  const uniform = uniformNumbers(seed);
  const times = new Float64Array(count + 1);
  for (let i = 1; i < times.length; i++) times[i] = times[i - 1]! - (Math.log(1 - uniform()) * 1000) / rate;
  return risingPacer((index) => times[Math.min(index, count)]!, count);
}

/**
 * splitmix32, after Sebastiano Vigna's splitmix64. Good enough for gaps; the requests themselves are drawn elsewhere.
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
