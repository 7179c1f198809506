const LEAST = 2;
const USUAL = 8;
const MOST = 64;

/**
 * Keep-alive connections for a rate: enough for an answer to take a quarter of a second (at low rates, a whole one),
 * and few
 * enough for each to be used about once a second, before a target thinks it idle.
 */
export function connectionsFor(rate: number | null): number {
  if (rate === null) return 16;
  return Math.min(MOST, Math.max(Math.ceil(rate / 4), Math.min(USUAL, Math.max(LEAST, Math.ceil(rate)))));
}
