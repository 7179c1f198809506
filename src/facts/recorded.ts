import type { Result } from '../results/index.js';

/** Series that another tool recorded: nothing is known about their traffic, containers or host. */
export function isRecorded({ manifest, trials }: Result): boolean {
  return manifest.trace === null && trials.every((trial) => trial.planned === 0);
}

/** What cannot be known of recorded series, for every report. */
export const NOT_KNOWN =
  'it is not known whether both sides got the same requests and decided them alike, and fairness was not checked';
