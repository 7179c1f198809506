import { list } from './numbers.js';

/** A run that exists and is not used again, and why. */
export type UnusedRun = { readonly run: string } & (
  | {
      readonly why: 'damaged' | 'not-ended' | 'invalid' | 'arms-unknown' | 'arms-differ' | 'acceptances-expired';
    }
  | { readonly why: 'images-differ'; readonly services: readonly string[] }
  | { readonly why: 'copy'; readonly of: string }
);

/** Why a run that exists is not used again. */
export function unusedRunWords(unused: UnusedRun): string {
  return `The run ${unused.run} is not used again: ${reason(unused)}`;
}

function reason(unused: UnusedRun): string {
  switch (unused.why) {
    case 'damaged':
      return 'its recording is damaged.';
    case 'not-ended':
      return 'it ended before its plan did.';
    case 'invalid':
      return 'its verdict is INVALID.';
    case 'arms-unknown':
      return 'it does not say what its compose files were.';
    case 'arms-differ':
      return 'the compose files, or the files that they mount, are not the same now.';
    case 'acceptances-expired':
      return 'findings that were accepted then are not accepted now.';
    case 'images-differ':
      return `this machine has another image now for ${list(unused.services)}.`;
    case 'copy':
      return `it has the same measurements as ${unused.of}.`;
  }
}
