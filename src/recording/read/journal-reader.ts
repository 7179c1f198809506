import {
  METRICS,
  SlopegateError,
  UNSEALED_SCHEMA,
  type Integrity,
  type Metric,
  type Note,
  type RecordingFault,
  type RequestLabels,
  type Manifest,
  type TrialRecording,
} from '../../model/index.js';
import { lineSeals } from '../../journal/seal/line-seals.js';
import { journalLines } from './journal-lines.js';
import type { Line } from '../../journal/each-line.js';
import { isReadingLine, possibleReadings, type Impossible } from './reading-line.js';
import { readingScanner } from './reading-scanner.js';
import type { SeriesBuilder, Wanted } from './series-builder.js';
import { impossibleNumber, otherSchema } from './unreadable.js';

interface JournalContent {
  readonly trials: readonly TrialRecording[];
  readonly labels: RequestLabels | null;
  readonly asked: Readonly<Record<string, string>>;
  readonly notes: readonly Note[];
  readonly resumed: readonly string[];
  /** SHA-256 of each manifest that was written. */
  readonly manifests: ReadonlySet<string>;
  /** Lines that are surely readings and cannot be read: their seconds count as not read. */
  readonly lostReadings: readonly number[];
  readonly integrity: Integrity;
}

export interface JournalReader {
  /** @throws SlopegateError RUN_UNREADABLE for a line that no version of slopegate writes */
  line(line: Line): void;
  finish(roleOf: (service: string) => string): JournalContent;
}

export interface JournalOptions {
  readonly directory: string;
  /** By the manifest. */
  readonly schema: Manifest['schema'];
  readonly requests: number;
  readonly metrics: readonly Metric[];
  readonly medians: boolean;
}

const MOST_FAULTS = 1000;
const CLOSING_BRACE = 0x7d;
const READING = '{"k":"r",';

/** Puts the lines of a journal together, one after the other. */
export function journalReader(options: JournalOptions): JournalReader {
  const sealed = options.schema !== UNSEALED_SCHEMA;
  const wantedOf = (names: readonly string[]): Wanted => ({
    medians: options.medians,
    metrics: names.map((name) => options.metrics.find((metric) => metric === name)),
  });
  let metrics: readonly string[] = METRICS;
  let wanted = wantedOf(metrics);
  let scan = readingScanner(metrics.length);
  let impossible = possibleReadings(metrics);
  // By `ScannedReading.source`, so that names are not looked up for every reading.
  const sources = new Map<string, SeriesBuilder>();
  const faults: RecordingFault[] = [];
  const lostReadings: number[] = [];
  let torn = false;
  let headed = false;
  let first = true;
  const report = (fault: RecordingFault): void => void (faults.length < MOST_FAULTS && faults.push(fault));
  const seals = sealed ? lineSeals(report) : null;

  const lines = journalLines({
    requests: options.requests,
    onHeader: (header) => {
      if (header.schema !== options.schema) throw otherSchema(options.directory, header.schema, options.schema);
      if (headed) throw new Error('a second first line');
      headed = true;
      metrics = header.metrics;
      wanted = wantedOf(metrics);
      scan = readingScanner(metrics.length);
      impossible = possibleReadings(metrics);
    },
    onTrial: () => sources.clear(),
  });

  /** Where the line's text ends, without its closing brace; null if the line cannot be trusted. */
  function bodyEnd(line: Line): number | null {
    if (seals !== null) return seals.check(line);
    return line.bytes[line.to - 1] === CLOSING_BRACE ? line.to - 1 : null;
  }

  function read(text: string, number: number): void {
    const { k, ...rest } = JSON.parse(text) as { readonly k: string };
    if (k !== 'r') return lines.read(k, rest);
    if (!isReadingLine(rest, metrics.length)) throw new Error('not a reading');
    const { t, s, c, e, n } = rest;
    const [m, d] = [rest.m.map(orMissing), rest.d.map(orMissing)];
    const wrong = impossible(e, n, m, d);
    if (wrong !== null) throw impossibleNumber(options.directory, number, text, wrong);
    if (!lines.trial(t).series(s, c, wanted).add(e, n, m, d)) throw new Error('out of order');
  }

  /** The fast way, for readings in the form in which we write them; false if the line has another form. */
  function readScanned({ bytes, from, number }: Line, end: number): boolean {
    const reading = scan(bytes, from, end);
    if (reading === null) return false;
    const { time, requests, minimum, median } = reading;
    const wrong: Impossible | null = impossible(time, requests, minimum, median);
    if (wrong !== null)
      throw impossibleNumber(options.directory, number, `${bytes.toString('utf8', from, end)}}`, wrong);
    let series = sources.get(reading.source);
    if (series === undefined) {
      const { t, s, c } = JSON.parse(`{"t":${reading.source}}`) as {
        readonly t: string;
        readonly s: string;
        readonly c: number;
      };
      sources.set(reading.source, (series = lines.trial(t).series(s, c, wanted)));
    }
    return series.add(time, requests, minimum, median);
  }

  function unreadable(line: Line): void {
    if (!line.ended) torn = true;
    else if (!sealed && isSurelyReading(line)) lostReadings.push(line.number);
    else report({ code: 'line-damaged', line: line.number });
  }

  return {
    line: (line) => {
      if (line.from === line.to && !sealed) return;
      const isFirst = first;
      first = false;
      const end = bodyEnd(line);
      if (end === null) {
        // `seals` has reported a broken seal already, but not half a line at the end: a killed run leaves that.
        if (!sealed || !line.ended) unreadable(line);
        return;
      }
      try {
        if (!readScanned(line, end)) read(`${line.bytes.toString('utf8', line.from, end)}}`, line.number);
      } catch (error) {
        if (error instanceof SlopegateError) throw error;
        unreadable(line);
      }
      // A missing sealed line was reported already.
      if (isFirst && !headed && !sealed) report({ code: 'lines-missing', line: line.number, missing: 1 });
    },
    finish: (roleOf) => ({
      trials: [...lines.trials.values()].map((trial) => trial.finish(roleOf)),
      labels: lines.labels,
      asked: lines.asked,
      notes: lines.notes,
      resumed: lines.resumed,
      manifests: lines.manifests,
      lostReadings,
      integrity: { sealed, faults: [...faults, ...lines.faults()], torn },
    }),
  };
}

/**
 * A line that begins as a reading and contains no other line. Two lines without a line end between them are not a
 * reading.
 */
function isSurelyReading({ bytes, from, to }: Line): boolean {
  const text = bytes.subarray(from, to);
  return text.indexOf(READING) === 0 && text.lastIndexOf('{"k":') === 0;
}

const orMissing = (value: number | null): number => value ?? Number.NaN;
