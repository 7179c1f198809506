const LEAST = 2;
const USUAL = 8;
const MOST = 64;

/**
 * Keep-alive connections for a rate: so many that an answer may take a quarter of a second (a whole one at low rates),
 * and so few that each is used about once a second. Otherwise the target would close it as idle.
 */
export function connectionsFor(rate: number | null): number {
  if (rate === null) return 16;
  return Math.min(MOST, Math.max(Math.ceil(rate / 4), Math.min(USUAL, Math.max(LEAST, Math.ceil(rate)))));
}
