/** Keep-alive connections for a rate: enough for an answer to take a quarter of a second, and few enough for each to be used. */
export function connectionsFor(rate: number | null): number {
  return rate === null ? 16 : Math.min(64, Math.max(8, Math.ceil(rate / 4)));
}
