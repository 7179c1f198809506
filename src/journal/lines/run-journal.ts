import { METRICS, RECORDING_SCHEMA, type Journal } from '../../model/index.js';
import { sealer } from '../seal/seal.js';
import type { AppendFile } from './append-file.js';
import { encodeReading } from './encode-reading.js';
import { encodeLabels } from './labels.js';
import { encodeStatuses } from './statuses.js';

/** The journal of a run directory. In addition to the port, it takes facts about the whole run. */
export interface RunJournal extends Journal {
  /** The label of each request of the trace. With them, decisions can be compared without the trace. */
  labels(labels: Iterable<string>, requests: number): void;
  /** Request lines by trace index, for the examples in a report. */
  asked(lines: Readonly<Record<string, string>>): void;
}

/** The side of the journal that only its run directory uses. */
export interface SealedJournal extends RunJournal {
  /** The first line. */
  begun(runId: string): void;
  /** The run was interrupted and goes on. @param at ISO 8601 */
  resumed(at: string): void;
  /** The SHA-256 of the manifest that will be written next. */
  manifestSealed(sha256: string): void;
}

/**
 * One line of JSON for each thing that happens, handed to the kernel at once. `reading` and `event` come from the
 * observer's timers and never throw. If the disk failed, the next step of the experiment throws.
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
    note: (note) => {
      const text = JSON.stringify({ k: 'note', ...note });
      if (!notes.has(text)) line(text);
      notes.add(text);
    },
    reading: (trial, reading) => line(encodeReading(trial, reading)),
    event: (trial, event) => write('event', trial, event),
    log: (trial, { service, container, time }, text) => write('log', trial, { service, container, time, text }),
    trialStarted: ({ id, ...trial }, startedAt) => step('trial', id, { ...trial, startedAt }),
    clockAtZero: (trial, at) => step('clock', trial, { at }),
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
      // If the trial failed too, its error is thrown instead of this one.
      if (failure === null && file.failure !== null) throw file.failure;
    },
    setAside: (trial, why) => step('aside', trial, { why }),
  };
}
