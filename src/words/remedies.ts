import { duration, memory, significant } from './numbers.js';

/** The numbers of a remedy; see src/facts. */
interface Restart {
  readonly role: string;
  readonly loadWords: string;
  readonly seconds: number;
  readonly share: number;
  readonly restartEvery: number | null;
}

/** All of these lines are computed and not tested. */
export const UNTESTED =
  'These lines are computed from the growth that was measured. They were not tested. Try them before you rely on ' +
  'them. To test a restart or a reload under load: slopegate remedy SCENARIO --run RUN.';

/** No remedy is needed, or none can be computed. */
export const NO_REMEDY =
  'This run gives no remedies: they need a FAIL of the memory of a service, and a known amount of free memory.';

/** How often to restart a service, and why. */
export function restartWords({ role, loadWords, seconds, share, restartEvery }: Restart): string {
  const used =
    `${role} uses ${significant(100 * share)} % of its free memory in ${duration(seconds)}${loadWords}, ` +
    'at the upper end of the interval of its growth.';
  return restartEvery === null
    ? `${used} It would need a restart too often. Reduce the load, or go back to the old version.`
    : `${used} Restart it every ${duration(restartEvery)}. A restart closes open connections.`;
}

/** What a memory limit does. */
export function limitWords(bytes: number): string {
  return (
    `With a limit of ${memory(bytes)} the kernel ends the service before it takes the memory of others. ` +
    'Set it together with a restart.'
  );
}

/** Only the host limits the memory. */
export const NO_LIMIT =
  'Nothing says how much memory this service may use, so no memory limit is computed: state gate.production or ' +
  'stack.limits.memory.';

/** nginx can limit requests by their path only, and compares its beginning. */
export const PATH_BEGINS =
  'A proxy sees only the path. Each limit holds for every path that begins with this one, so other requests may be ' +
  'limited too. The limit is for all clients together.';

/** A limit for the path "/" is a limit for everything. */
export const LIMITS_EVERY_PATH =
  'The path of these requests has no fixed part beyond "/". A limit for "/" would limit all requests, so there are ' +
  'no lines for nginx.';

/** nginx changes a path before it compares it with a location. */
export const PATH_IS_REWRITTEN =
  'The path of these requests has "%", "//", "/./" or "/../". nginx changes these before it looks for a location, so ' +
  'a location with this path would limit nothing. There are no lines for nginx.';

/** A limit of a proxy is a whole number per second or minute. */
export const LIMIT_TOO_LOW = 'This limit is below one request per minute, which nginx cannot state.';
