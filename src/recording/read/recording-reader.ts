import { METRICS, type FileNote, type Integrity, type Metric, type Note, type Recording } from '../../model/index.js';
import { journalReader } from './journal-reader.js';
import type { Line } from '../../journal/each-line.js';
import type { ReadManifest } from './read-manifest.js';

export interface ReadOptions {
  /** Metrics to keep; all if absent. Each needs 16 bytes of memory per reading (minimum and median). */
  readonly metrics?: readonly Metric[];
  /** Whether to keep medians beside minima; true by default. */
  readonly medians?: boolean;
}

export interface ReadResult {
  readonly recording: Recording;
  /** What could not be read; also among the manifest's notes. */
  readonly warnings: readonly FileNote[];
}

/** Puts a recording together from its manifest and the lines of its journal, one after the other. */
export interface RecordingReader {
  /** @throws SlopegateError RUN_UNREADABLE for a line that no version of slopegate writes */
  line(line: Line): void;
  finish(): ReadResult;
}

/** @param directory what errors call the folder of the run */
export function recordingReader(
  directory: string,
  { manifest, sha256 }: ReadManifest,
  { metrics = METRICS, medians = true }: ReadOptions = {},
): RecordingReader {
  const requests = manifest.trace?.requests ?? 0;
  const journal = journalReader({ directory, schema: manifest.schema, requests, metrics, medians });
  const { roles } = manifest.scenario.stack;
  const roleOf = (service: string): string => (Object.hasOwn(roles, service) ? (roles[service] as string) : service);
  return {
    line: (line) => journal.line(line),
    finish: () => {
      const read = journal.finish(roleOf);
      const { trials, labels, asked, notes, resumed, manifests, lostReadings, integrity: found } = read;
      const changed = found.sealed && !manifests.has(sha256);
      const integrity: Integrity = {
        ...found,
        faults: [...found.faults, ...(changed ? [{ code: 'manifest-changed' } as const] : [])],
      };
      const warnings = damageNotes(integrity, lostReadings);
      const unsealed = integrity.sealed ? [] : [{ code: 'not-sealed', facts: {} } as const];
      const goings = resumed.map((at) => ({ code: 'resumed', facts: { at } }) as const);
      const complete = {
        ...manifest,
        notes: eachOnce([...manifest.notes, ...notes, ...goings, ...warnings, ...unsealed]),
      };
      return {
        recording: {
          manifest: complete,
          trials,
          asked,
          ...(labels === null ? {} : { labels }),
          ...(resumed.length === 0 ? {} : { resumed }),
          integrity,
        },
        warnings,
      };
    },
  };
}

/** A run that was resumed notes the same again. */
function eachOnce(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** What is wrong with the files of a recording. */
function damageNotes({ faults, torn }: Integrity, lostReadings: readonly number[]): FileNote[] {
  const [first] = faults;
  const [firstLine] = lostReadings;
  return [
    ...(first === undefined ? [] : [{ code: 'files-damaged', facts: { first, faults: faults.length } } as const]),
    ...(firstLine === undefined
      ? []
      : [{ code: 'readings-unreadable', facts: { readings: lostReadings.length, firstLine } } as const]),
    ...(torn ? [{ code: 'last-line-cut-off', facts: {} } as const] : []),
  ];
}
