import { METRICS, RECORDING_SCHEMA, type Journal } from '../../model/index.js';
import { sealer } from '../seal/seal.js';
import type { AppendFile } from './append-file.js';
import { encodeReading } from './encode-reading.js';
import { encodeLabels } from './labels.js';
import { encodeStatuses } from './statuses.js';

/** The journal of a run directory; beside the port it takes what is known of the whole run. */
export interface RunJournal extends Journal {
  /** The label of each request of the trace, so that decisions can be compared without it. */
  labels(labels: Iterable<string>, requests: number): void;
  /** Request lines by trace index, for the examples that a report gives. */
  asked(lines: Readonly<Record<string, string>>): void;
  /** What a source cannot tell on this host, in words; the same note is written once. */
  note(text: string): void;
}

/** A run directory's own side of its journal. */
export interface SealedJournal extends RunJournal {
  /** The first line. */
  begun(runId: string): void;
  /** The run was cut off and goes on. @param at ISO 8601 */
  resumed(at: string): void;
  /** The SHA-256 of the manifest that is about to be written. */
  manifestSealed(sha256: string): void;
}

/**
 * One line of JSON for each thing that happens, handed to the kernel at once. `reading` and `event` come from the
 * observer's timers and never throw; a disk that failed is thrown at the experiment's next own step.
 */
export function runJournal(file: AppendFile, seal = sealer()): SealedJournal {
  const notes = new Set<string>();
  const line = (text: string): void => file.line(seal(text));
  const write = (kind: string, trial: string, rest: object): void =>
    line(JSON.stringify({ k: kind, t: trial, ...rest }));
  const step = (kind: string, trial: string, rest: object): void => {
    write(kind, trial, rest);
    if (file.failure !== null) throw file.failure;
  };
  return {
    begun: (run) => line(JSON.stringify({ k: 'journal', schema: RECORDING_SCHEMA, run, metrics: METRICS })),
    resumed: (at) => line(JSON.stringify({ k: 'resumed', at })),
    manifestSealed: (sha256) => line(JSON.stringify({ k: 'manifest', sha256 })),
    labels: (labels, requests) => line(JSON.stringify({ k: 'labels', ...encodeLabels(labels, requests) })),
    asked: (lines) => {
      if (Object.keys(lines).length > 0) line(JSON.stringify({ k: 'asked', lines }));
    },
    note: (text) => {
      if (!notes.has(text)) line(JSON.stringify({ k: 'note', text }));
      notes.add(text);
    },
    reading: (trial, reading) => line(encodeReading(trial, reading)),
    event: (trial, event) => write('event', trial, event),
    log: (trial, { service, container, time }, text) => write('log', trial, { service, container, time, text }),
    trialStarted: ({ id, ...trial }, startedAt) => step('trial', id, { ...trial, startedAt }),
    containers: (trial, containers) => step('containers', trial, { containers }),
    host: (trial, sample) => write('host', trial, sample),
    action: (trial, action) => step('action', trial, action),
    phase: (trial, phase) => step('phase', trial, phase),
    replay: (trial, result) =>
      step('replay', trial, { result: { ...result, statuses: encodeStatuses(result.statuses) } }),
    origin: (trial, counts) => step('origin', trial, counts),
    trialEnded: (trial, failure) => {
      write('end', trial, { failure });
      file.sync();
      // Where the trial failed, that is the error to be told.
      if (failure === null && file.failure !== null) throw file.failure;
    },
    setAside: (trial, why) => step('aside', trial, { why }),
  };
}
