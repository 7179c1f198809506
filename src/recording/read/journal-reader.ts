import { METRICS } from '../../model/index.js';
import type { Metric, ReplayResult, TrialRecording } from '../../model/index.js';
import { decodeStatuses } from '../journal/statuses.js';
import type { Line } from './lines.js';
import { LINE_SCHEMAS, isReadingLine } from './line-schemas.js';
import type { TrialBuilder } from './trial-builder.js';
import { trialBuilder } from './trial-builder.js';

export interface JournalContent {
  readonly trials: readonly TrialRecording[];
  readonly notes: readonly string[];
  /** Numbers of the lines that could not be read, in order. */
  readonly unreadable: readonly number[];
  /** The last line was cut off. */
  readonly torn: boolean;
}

export interface JournalReader {
  line(line: Line): void;
  finish(roleOf: (service: string) => string): JournalContent;
}

/** Puts a journal's lines together, one after the other. @param wanted which metrics to keep */
export function journalReader(wanted: readonly Metric[]): JournalReader {
  const keep = (names: readonly string[]): (Metric | undefined)[] => names.map((name) => wanted.find((metric) => metric === name));
  const trials = new Map<string, TrialBuilder>();
  const notes: string[] = [];
  const unreadable: number[] = [];
  let metrics = keep(METRICS);
  let torn = false;

  const readers: Readonly<Record<keyof typeof LINE_SCHEMAS, (line: unknown) => void>> = {
    journal: (line) => void (metrics = keep(LINE_SCHEMAS.journal.parse(line).metrics)),
    note: (line) => void notes.push(LINE_SCHEMAS.note.parse(line).text),
    trial: (line) => {
      const { t: id, startedAt, arm, replicate, purpose } = LINE_SCHEMAS.trial.parse(line);
      trials.set(id, trialBuilder({ trial: { id, arm, replicate, purpose }, startedAt }));
    },
    containers: (line) => {
      const { t, containers } = LINE_SCHEMAS.containers.parse(line);
      known(t).update(() => ({ containers }));
    },
    event: (line) => {
      const { t, ...event } = LINE_SCHEMAS.event.parse(line);
      known(t).update(({ events }) => ({ events: [...events, event] }));
    },
    action: (line) => {
      const { t, ...action } = LINE_SCHEMAS.action.parse(line);
      known(t).update(({ actions = [] }) => ({ actions: [...actions, action] }));
    },
    phase: (line) => {
      const { t, ...phase } = LINE_SCHEMAS.phase.parse(line);
      known(t).update(({ phases }) => ({ phases: [...phases, phase] }));
    },
    replay: (line) => {
      const { t, result } = LINE_SCHEMAS.replay.parse(line);
      const replay: ReplayResult = { ...result, statuses: decodeStatuses(result.statuses) };
      known(t).update(() => ({ replay }));
    },
    origin: (line) => {
      const { t, ...origin } = LINE_SCHEMAS.origin.parse(line);
      known(t).update(() => ({ origin }));
    },
    end: (line) => {
      const { t, failure } = LINE_SCHEMAS.end.parse(line);
      known(t).end(failure);
    },
  };

  function known(id: string): TrialBuilder {
    const trial = trials.get(id);
    if (trial === undefined) throw new Error(`trial ${id} was not begun`);
    return trial;
  }

  function read(text: string): void {
    const line = JSON.parse(text) as { readonly k: string };
    if (line.k !== 'r') return readers[line.k as keyof typeof LINE_SCHEMAS](line);
    if (!isReadingLine(line) || !known(line.t).reading(line, metrics)) throw new Error('not a reading, or out of order');
  }

  return {
    line: ({ text, number, ended }) => {
      if (text === '') return;
      try {
        read(text);
      } catch {
        if (ended) unreadable.push(number);
        else torn = true;
      }
    },
    finish: (roleOf) => ({ trials: [...trials.values()].map((trial) => trial.finish(roleOf)), notes, unreadable, torn }),
  };
}
