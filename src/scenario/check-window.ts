import { requestsIn, type Scenario } from '../model/index.js';
import type { Problem } from './problem.js';
import { FEWEST_REQUESTS, SHORTEST_WINDOW_SECONDS } from '../statistics/method.js';

/** Seconds at the ends of a window that have no reading. */
const UNREAD_SECONDS = 2;

/** A window that could never be judged is refused before an hour is spent on it. */
export function checkWindow({ experiment: { window }, traffic: { rate, schedule } }: Scenario): readonly Problem[] {
  // Recorded timing has its own rate, which is known when the recording is read.
  if (schedule?.kind === 'recorded') return [];
  const requests = requestsIn(window, rate);
  const fewest = Math.ceil(Math.max(SHORTEST_WINDOW_SECONDS * rate, FEWEST_REQUESTS + UNREAD_SECONDS * rate));
  if (requests >= fewest) return [];
  return [
    {
      kind: 'window-too-short',
      path: ['experiment', 'window'],
      message: `${requests} requests at ${rate}/s last ${(requests / rate).toFixed(0)} s, too short to be judged`,
      hint: `at this rate a window needs at least ${fewest} requests (${Math.ceil(fewest / rate)} s)`,
    },
  ];
}
