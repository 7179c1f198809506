/**
 * A connection that was idle for longer is replaced before it is used. The target may be about to close it (Apache does
 * after 5 s), and a request sent at that moment would be lost.
 */
export const STALE_MS = 4000;

const FIRST_BACKOFF_MS = 10;
const LONGEST_BACKOFF_MS = 500;

/** Waiting time before the next attempt after this many failures in a row: doubled each time, at most half a second. */
export function backoffMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
}
