import {
  METRICS,
  type ContainerEvent,
  type Metric,
  type ReplayResult,
  type RequestLabels,
  type TrialRecording,
} from '../../model/index.js';
import { decodeLabels } from '../journal/labels.js';
import { decodeStatuses } from '../journal/statuses.js';
import type { Line } from './lines.js';
import { LINE_SCHEMAS, isReadingLine } from './line-schemas.js';
import { readingScanner } from './reading-scanner.js';
import type { SeriesBuilder, Wanted } from './series-builder.js';
import { trialBuilder, type TrialBuilder } from './trial-builder.js';

export interface JournalContent {
  readonly trials: readonly TrialRecording[];
  readonly labels: RequestLabels | null;
  readonly asked: Readonly<Record<string, string>>;
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

/** Puts a journal's lines together, one after the other. @param keep which metrics, and whether their medians too */
export function journalReader(keep: { readonly metrics: readonly Metric[]; readonly medians: boolean }): JournalReader {
  const wantedOf = (names: readonly string[]): Wanted => ({
    medians: keep.medians,
    metrics: names.map((name) => keep.metrics.find((metric) => metric === name)),
  });
  const trials = new Map<string, TrialBuilder>();
  let labels: RequestLabels | null = null;
  const asked: Record<string, string> = {};
  const notes: string[] = [];
  const unreadable: number[] = [];
  let wanted = wantedOf(METRICS);
  let scan = readingScanner(METRICS.length);
  // By `ScannedReading.source`: nobody looks names up for every reading.
  const sources = new Map<string, SeriesBuilder>();
  let torn = false;

  const readers: Readonly<Record<keyof typeof LINE_SCHEMAS, (line: unknown) => void>> = {
    journal: (line) => {
      const { metrics } = LINE_SCHEMAS.journal.parse(line);
      wanted = wantedOf(metrics);
      scan = readingScanner(metrics.length);
    },
    labels: (line) => void (labels = decodeLabels(LINE_SCHEMAS.labels.parse(line))),
    asked: (line) => void Object.assign(asked, LINE_SCHEMAS.asked.parse(line).lines),
    note: (line) => void notes.push(LINE_SCHEMAS.note.parse(line).text),
    trial: (line) => {
      const { t: id, startedAt, arm, replicate, purpose } = LINE_SCHEMAS.trial.parse(line);
      trials.set(id, trialBuilder({ trial: { id, arm, replicate, purpose }, startedAt }));
      sources.clear();
    },
    containers: (line) => {
      const { t, containers } = LINE_SCHEMAS.containers.parse(line);
      known(t).update(() => ({ containers }));
    },
    event: (line) => {
      const { t, ...event } = LINE_SCHEMAS.event.parse(line);
      known(t).update(({ events }) => ({ events: [...events, event] }));
    },
    log: (line) => {
      const { t, text, ...of } = LINE_SCHEMAS.log.parse(line);
      const isOf = (event: ContainerEvent): boolean =>
        event.service === of.service && event.container === of.container && event.time === of.time;
      known(t).update(({ events }) => ({
        events: events.map((event) => (isOf(event) ? { ...event, log: text } : event)),
      }));
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
    if (
      !isReadingLine(line) ||
      !known(line.t).series(line.s, line.c, wanted).add(line.e, line.n, line.m.map(orMissing), line.d.map(orMissing))
    )
      throw new Error('not a reading, or out of order');
  }

  /** The short way, for readings written as ours are; false where it is not to be gone. */
  function readScanned({ bytes, from, to }: Line): boolean {
    const reading = scan(bytes, from, to);
    if (reading === null) return false;
    let series = sources.get(reading.source);
    if (series === undefined) {
      const { t, s, c } = JSON.parse(`{"t":${reading.source}}`) as {
        readonly t: string;
        readonly s: string;
        readonly c: number;
      };
      sources.set(reading.source, (series = known(t).series(s, c, wanted)));
    }
    return series.add(reading.time, reading.requests, reading.minimum, reading.median);
  }

  return {
    line: (line) => {
      if (line.from === line.to) return;
      try {
        if (!readScanned(line)) read(line.bytes.toString('utf8', line.from, line.to));
      } catch {
        if (line.ended) unreadable.push(line.number);
        else torn = true;
      }
    },
    finish: (roleOf) => ({
      trials: [...trials.values()].map((trial) => trial.finish(roleOf)),
      labels,
      asked,
      notes,
      unreadable,
      torn,
    }),
  };
}

const orMissing = (value: number | null): number => value ?? Number.NaN;
