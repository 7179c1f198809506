import type { Integrity, RecordingFault } from '../../model/index.js';
import { JOURNAL_FILE, MANIFEST_FILE } from '../files.js';

export const UNSEALED_NOTE =
  'This recording is not sealed: an older version of slopegate wrote it. ' +
  'Lines that were changed or removed after the run cannot be noticed.';
const TORN = `${JOURNAL_FILE}: the last line was cut off and is left out. The run was killed, or the disk was full.`;

/** The run was interrupted and went on at this time (ISO 8601). */
export const resumedWords = (at: string): string =>
  `The run was interrupted and resumed at ${at.slice(0, 16).replace('T', ' ')} UTC, ` +
  'on the same host, with the same scenario and traffic.';

/** What is wrong with the files of a recording, one sentence each. */
export function damageWords({ faults, torn }: Integrity, lostReadings: readonly number[]): string[] {
  const [first] = lostReadings;
  return [
    ...(faults[0] === undefined ? [] : [faultWords(faults[0], faults.length - 1)]),
    ...(first === undefined
      ? []
      : [
          `${JOURNAL_FILE}: ${counted(lostReadings.length, 'reading')} cannot be read (the first is in line ${first}).`,
        ]),
    ...(torn ? [TORN] : []),
  ];
}

type WordsOf = {
  readonly [C in RecordingFault['code']]: (fault: Extract<RecordingFault, { readonly code: C }>) => string;
};

const WORDS: WordsOf = {
  'line-damaged': ({ line }) => `${JOURNAL_FILE}: line ${line} cannot be read. Its content is lost.`,
  'lines-missing': ({ line, missing }) =>
    `${JOURNAL_FILE}: ${counted(missing, 'line')} before line ${line} ${missing === 1 ? 'is' : 'are'} missing.`,
  'line-out-of-place': ({ line }) => `${JOURNAL_FILE}: line ${line} was moved, or comes from another journal.`,
  'manifest-changed': () => `${MANIFEST_FILE} was changed after the run: the journal has another checksum for it.`,
  'events-left-out': ({ trial, events }) => `${JOURNAL_FILE}: ${trial} has ${events} more events than are read.`,
};

function faultWords(fault: RecordingFault, more: number): string {
  const words = (WORDS[fault.code] as (one: RecordingFault) => string)(fault);
  return more === 0 ? words : `${words} ${counted(more, 'more fault')} follow${more === 1 ? 's' : ''}.`;
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
