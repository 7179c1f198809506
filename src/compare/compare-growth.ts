import { ARMS, SlopegateError, type ArmName, type Metric, type Recording, type Verdict } from '../model/index.js';
import { defaultRate, recordedScenario } from './recorded-scenario.js';
import {
  byteName,
  chooseMetric,
  COUNTS,
  countedRequests,
  countsRareEvents,
  doubtsAbout,
  evenReadings,
  faultOf,
  fromZero,
  inBytes,
  renamed,
  spanOf,
  toRecording,
  warmupFor,
  type LoadSpan,
  type RecordedRun,
  type RecordedSeries,
  type Replicates,
} from './series/index.js';
import { assess, judge } from '../verdict/index.js';

/** One replicate of one arm: a run as `readSeries` gives it, or one series per service. */
export type Replicate = RecordedRun | RecordedSeries | readonly RecordedSeries[];

export interface CompareOptions {
  /** Metric that decides; without it the first that all recordings hold of `unreclaimable_bytes`, `anon_bytes`… */
  readonly metric?: string;
  /** Growth difference that is accepted, bytes per request; default 32. */
  readonly marginBytesPerRequest?: number;
  /** The same per second; divided by the rate where requests were counted. */
  readonly marginBytesPerSecond?: number;
  /** Seconds of load left out at the start; default max(60 s, 4,500 requests), at most a third of the load. */
  readonly warmupSeconds?: number;
  /**
   * Requests per second during recordings that did not count them; default 75. Only turns a margin per request into one
   * per second.
   */
  readonly ratePerSecond?: number;
  readonly labels?: Readonly<Partial<Record<ArmName, string>>>;
  /** When the judgement is made; for the report. */
  readonly judgedAt?: Date;
}

export interface Comparison {
  readonly verdict: Verdict;
  /** The series as they were judged, for `buildResult` and the reporters. */
  readonly recording: Recording;
  /** How they were judged, and what speaks against trusting them; also in the recording's notes. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The judgement of `slopegate run` on series recorded elsewhere. The n-th entries of both sides are a replicate: fresh
 * containers that ran
 * side by side. All replicates are one look, so the whole of alpha is spent on them; two decide only what is
 * overwhelming, one nothing.
 * @throws SlopegateError SERIES_INVALID where a series cannot be judged
 */
export function compareGrowth(
  arms: Readonly<Record<ArmName, readonly Replicate[]>>,
  options: CompareOptions = {},
): Comparison {
  const given = {
    baseline: arms.baseline.map((one, n) => asRun(one, 'baseline', n)),
    candidate: arms.candidate.map((one, n) => asRun(one, 'candidate', n)),
  };
  if (given.baseline.length === 0 || given.baseline.length !== given.candidate.length) {
    throw new SlopegateError(
      'SERIES_INVALID',
      `${given.baseline.length} recordings of the baseline and ${given.candidate.length} of the candidate`,
      {
        hint: 'give as many of one side as of the other: the n-th of each are one replicate, recorded side by side',
      },
    );
  }
  const asked = options.metric === undefined ? null : byteName(options.metric);
  const all = ARMS.flatMap((arm) => given[arm]);
  const { metric, notes: metricNotes } = chooseMetric(all, asked);
  const deciding = metric.endsWith('_bytes') || COUNTS.has(metric) ? metric : `${metric}_bytes`;
  if (COUNTS.has(metric) && (options.marginBytesPerRequest ?? options.marginBytesPerSecond) !== undefined) {
    throw new SlopegateError('USAGE', `${metric} are not bytes, and have a margin of their own`, {
      hint: `leave the margin out: ${metric} may grow by 1 in 1,000 requests`,
    });
  }
  const counted = all.every(({ services }) => services.every((series) => countedRequests(series) !== null));
  const rareEvents = counted && all.every(({ services }) => services.every(countsRareEvents));
  const prepare = (run: RecordedRun): RecordedRun => {
    const services = run.services.map((series) =>
      evenReadings(counted ? series : { ...series, requests: null }, rareEvents),
    );
    return renamed(fromZero({ ...run, services }), metric, deciding);
  };
  const replicates: Replicates = { baseline: given.baseline.map(prepare), candidate: given.candidate.map(prepare) };

  const spans = ARMS.flatMap((arm) => replicates[arm].map(spanOf));
  const rate = counted ? recordedRate(spans) : (options.ratePerSecond ?? defaultRate());
  const warmup =
    options.warmupSeconds === undefined
      ? warmupFor(spans)
      : {
          seconds: options.warmupSeconds,
          note: `The first ${options.warmupSeconds} s of load are left out as warm-up, as asked.`,
        };
  const windowSeconds = Math.min(...spans.map(({ seconds }) => seconds)) - warmup.seconds;
  if (windowSeconds <= 0)
    throw new SlopegateError(
      'SERIES_INVALID',
      `nothing is left of the shortest recording after a warm-up of ${warmup.seconds} s`,
      { hint: 'use a shorter --warmup, or longer recordings' },
    );

  const warnings = doubtsAbout(replicates, spans);
  const margin =
    options.marginBytesPerRequest ??
    (options.marginBytesPerSecond === undefined ? null : options.marginBytesPerSecond / rate);
  const scenario = recordedScenario({
    labels: { baseline: options.labels?.baseline ?? 'baseline', candidate: options.labels?.candidate ?? 'candidate' },
    replicates: replicates.baseline.length,
    warmupSeconds: warmup.seconds,
    windowSeconds,
    rate,
    marginBytesPerRequest: margin,
  });
  const notes = [
    ...PROVENANCE,
    ...metricNotes,
    ...axisNotes(counted, rate, metric, options),
    ...(rareEvents ? [RARE_EVENTS] : []),
    warmup.note,
  ];
  const recording = toRecording(replicates, {
    scenario,
    cut: { warmupSeconds: warmup.seconds, windowSeconds },
    notes: [...notes, ...warnings],
    judgedAt: options.judgedAt ?? new Date(),
  });
  // A recording's metrics carry whatever names its recorder gave them.
  const assessment = assess(recording, {
    metric: deciding as Metric,
    singleLook: true,
    ...(rareEvents ? { fewestRequests: FEWEST_EVENTS } : {}),
  });
  // Nothing about fairness can be checked here, and a check that cannot fail is none: what is not known stands in the
  // notes.
  const verdict = judge({ ...assessment, validity: assessment.validity.filter(({ ok }) => !ok) });
  return { verdict, recording, notes, warnings };
}

const PROVENANCE = [
  'Judged from series recorded elsewhere. Not known from them: that both sides were sent the same requests and decided them alike, that no container died, and what ran.',
  'The replicates are one look, on which the whole of alpha is spent; a FAIL is not confirmed by a longer pair.',
];

/**
 * Rare events that a window needs; how little so few can prove is left to the variance floor, which falls as 1/events.
 */
const FEWEST_EVENTS = 20;
const RARE_EVENTS =
  'Most counts hold for several readings, so "requests" are rarer events (reloads, batches): growth is per event, on the lowest level seen between one and the next.';

function asRun(one: Replicate, arm: ArmName, index: number): RecordedRun {
  if ('source' in one) return inBytes(one);
  const services = Array.isArray(one) ? (one as readonly RecordedSeries[]) : [one as RecordedSeries];
  const source = `${arm} ${index + 1}`;
  for (const series of services) {
    const fault = faultOf(series);
    if (fault !== null)
      throw new SlopegateError('SERIES_INVALID', fault.message, {
        location: `${source}, row ${fault.row + 1}`,
        hint: fault.hint,
      });
  }
  if (services.length === 0)
    throw new SlopegateError('SERIES_INVALID', 'a replicate without series', { location: source });
  return inBytes({ source, services });
}

function recordedRate(spans: readonly LoadSpan[]): number {
  const requests = spans.reduce((sum, span) => sum + (span.requests ?? 0), 0);
  return Number((requests / spans.reduce((sum, { seconds }) => sum + seconds, 0)).toPrecision(3));
}

function axisNotes(
  counted: boolean,
  rate: number,
  metric: string,
  { marginBytesPerRequest, marginBytesPerSecond, ratePerSecond }: CompareOptions,
): string[] {
  if (counted)
    return marginBytesPerSecond === undefined
      ? []
      : [
          `The margin of ${marginBytesPerSecond} bytes/s is ${Number((marginBytesPerSecond / rate).toPrecision(3))} bytes/request at the ${rate} requests/s recorded.`,
        ];
  const derived = marginBytesPerSecond === undefined;
  const perRequest = COUNTS.has(metric)
    ? `1 of ${metric} in 1,000 requests`
    : `${marginBytesPerRequest ?? 'the default of 32'} bytes/request`;
  const from = `${perRequest} at ${ratePerSecond === undefined ? `an assumed ${rate}` : rate} requests/s`;
  return [
    `No requests were counted on every side: growth is judged per second, over the whole of each recording.${derived ? ` The margin is ${from}; --rate or a margin in B/s states it.` : ''}`,
  ];
}
