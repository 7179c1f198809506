import type { RecordingFault } from '../../model/index.js';
import { count, plural } from '../numbers.js';

const FAULTS: {
  readonly [C in RecordingFault['code']]: (fault: Extract<RecordingFault, { readonly code: C }>) => string;
} = {
  'line-damaged': ({ line }) => `Line ${line} of the journal cannot be read.`,
  'lines-missing': ({ line, missing }) =>
    `${plural(missing, 'line')} before line ${line} of the journal ${missing === 1 ? 'is' : 'are'} missing.`,
  'line-out-of-place': ({ line }) => `Line ${line} of the journal was moved, or comes from another journal.`,
  'manifest-changed': () => 'The manifest was changed after the run: the journal has another checksum for it.',
  'events-left-out': ({ trial, events }) => `${trial} has ${count(events)} more events than are read.`,
};

/** The first fault of a recording's files, and how many more there are. */
export function damageWords({ first, faults }: { readonly first: RecordingFault; readonly faults: number }): string {
  const words = (FAULTS[first.code] as (one: RecordingFault) => string)(first);
  if (faults === 1) return words;
  return `${words} ${plural(faults - 1, 'more fault')} ${faults === 2 ? 'was' : 'were'} found.`;
}
