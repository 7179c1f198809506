import { list } from './numbers.js';

/** A run that exists and is not used again, and why. */
export type UnusedRun = { readonly run: string } & (
  | { readonly why: keyof typeof REASONS }
  | { readonly why: 'images-differ'; readonly services: readonly string[] }
  | { readonly why: 'copy'; readonly of: string }
);

const REASONS = {
  'manifest-unreadable': 'its manifest.json cannot be read, so nobody knows which versions it compared.',
  damaged: 'its recording is damaged.',
  'not-ended': 'it ended before its plan did.',
  invalid: 'its verdict is INVALID.',
  'arms-unknown': 'it does not say what its compose files were.',
  'arms-differ': 'its compose files, mounted files or Dockerfiles were not the same as now.',
  'acceptances-expired': 'findings that were accepted then are not accepted now.',
} as const;

/** Why a run that exists is not used again. */
export function unusedRunWords(unused: UnusedRun): string {
  return `The run ${unused.run} is not used again: ${reason(unused)}`;
}

function reason(unused: UnusedRun): string {
  if (unused.why === 'images-differ') return `this machine has another image now for ${list(unused.services)}.`;
  return unused.why === 'copy' ? `it has the same measurements as ${unused.of}.` : REASONS[unused.why];
}
