import { risingPacer, type Pacer } from './pacer.js';

/** One request each 1000 / rate milliseconds: due(i) = 1000 · i / rate. Domain: rate > 0, requests per second. */
export function constantPacer(rate: number, count: number): Pacer {
  return risingPacer((index) => (index * 1000) / rate, count);
}
