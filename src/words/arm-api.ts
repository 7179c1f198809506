import type { RefusedCall } from '../model/index.js';

/** The answer to a service if its call to the arm's Docker API was refused. */
export function refusalMessage({ reason, call, part }: RefusedCall): string {
  if (reason === 'missing') return `No such thing in this arm: ${part}`;
  if (reason === 'version') return 'client version is too old. Minimum supported API version is 1.24';
  const what = part === '' ? '' : ` with ${part}`;
  return `slopegate does not let an arm under test do this: ${call}${what}`;
}

/** One refused call, as it is counted. */
export function refusedCall({ reason, call, part }: RefusedCall): string {
  if (reason === 'missing') return `${call} of ${part}, which is not in the arm`;
  return part === '' ? call : `${call} with ${part}`;
}
