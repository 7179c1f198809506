import type { RefusedCall } from '../model/index.js';
import { plural } from './numbers.js';

/** The answer to a service if its call to the arm's Docker API was refused. */
export function refusalMessage({ reason, call, part }: RefusedCall): string {
  if (reason === 'missing') return `No such thing in this arm: ${part}`;
  if (reason === 'version') return 'client version is too old. Minimum supported API version is 1.24';
  const what = part === '' ? '' : ` with ${part}`;
  return `slopegate does not let an arm under test do this: ${call}${what}`;
}

const MOST = 10;

/** `POST /containers/create (3 times)`, at most ten of them. */
function listed(counts: ReadonlyMap<string, number>): string {
  const all = [...counts].map(([text, times]) => `${text} (${plural(times, 'time')})`);
  const more = all.length - MOST;
  return all.slice(0, MOST).join(', ') + (more > 0 ? ` and ${plural(more, 'other call')}` : '');
}

/** For the report: which calls of a service to the arm's Docker API were refused. */
export function refusedCalls(service: string, counts: ReadonlyMap<string, number>): string {
  return `${service} asked its Docker API for what an arm may not do, and was refused: ${listed(counts)}.`;
}

/** For the report: what a service changed in the arm through its Docker API. */
export function callsThatActed(service: string, counts: ReadonlyMap<string, number>): string {
  return `${service} acted on its arm through its Docker API: ${listed(counts)}.`;
}

/** One refused call, as it is counted. */
export function refusedCall({ reason, call, part }: RefusedCall): string {
  if (reason === 'missing') return `${call} of ${part}, which is not in the arm`;
  return part === '' ? call : `${call} with ${part}`;
}
