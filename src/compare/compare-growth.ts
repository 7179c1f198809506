import { ARMS, SlopegateError, type ArmName, type Metric, type Recording, type SeriesNote } from '../model/index.js';
import type { Verdict } from '../results/index.js';
import { COUNTS, metricName } from '../series/index.js';
import { assess, judge } from '../verdict/index.js';
import { duration } from '../words/numbers.js';
import { gapWords, ofWhole, restartWords } from '../words/statements/notes.js';
import type { CompareOptions, Replicate } from './compare-options.js';
import { doubtsAbout } from './doubts.js';
import type { LoadSpan } from './load-span.js';
import { axisNotes, PROVENANCE } from './notes.js';
import { prepare, type Prepared } from './prepare.js';
import { defaultRate, recordedScenario } from './recorded-scenario.js';
import { spanOf, toRecording } from './to-recording.js';
import { warmupFor, type Warmup } from './warmup-rule.js';

export type { CompareOptions, Replicate } from './compare-options.js';

export interface Comparison {
  readonly verdict: Verdict;
  /** The series in the form in which they were judged, for `buildResult` and the reporters. */
  readonly recording: Recording;
  /** How they were judged, and reasons to doubt the result; also in the recording's notes. */
  readonly notes: readonly SeriesNote[];
  readonly warnings: readonly SeriesNote[];
}

/** Rare events that a window needs. The variance floor allows for how little so few can prove: it falls as 1/events. */
const FEWEST_EVENTS = 20;

/**
 * The judgement of `slopegate run` for series that another tool recorded. The n-th entries of both arms are a
 * replicate: fresh containers that ran at the same time. All replicates are judged in one look with all of alpha. Two
 * replicates decide only overwhelming evidence, one decides nothing.
 * @throws SlopegateError SERIES_INVALID if a series cannot be judged
 */
export function compareGrowth(
  arms: Readonly<Record<ArmName, readonly Replicate[]>>,
  options: CompareOptions = {},
): Comparison {
  refuseUnequal(arms);
  refuseMarginOfCounts(options);
  const prepared = prepare(arms, options);
  const { replicates, metric, counted, rareEvents } = prepared;
  const spans = ARMS.flatMap((arm) => replicates[arm].map(spanOf));
  const rate = counted ? recordedRate(spans) : (options.ratePerSecond ?? defaultRate());
  const warmup = options.warmupSeconds === undefined ? warmupFor(spans) : warmupAsked(options.warmupSeconds);
  const windowSeconds = Math.min(...spans.map(({ seconds }) => seconds)) - warmup.seconds;
  if (windowSeconds <= 0)
    throw new SlopegateError(
      'SERIES_INVALID',
      `nothing is left of the shortest recording after a warm-up of ${warmup.seconds} s`,
      { hint: 'use a shorter --warmup, or longer recordings' },
    );

  const restarts = prepared.restarts.flat().map((facts) => ({ code: 'looks-restarted', facts }) as const);
  const warnings = [...prepared.warnings, ...restarts, ...doubtsAbout(replicates, spans)];
  const scenario = recordedScenario({
    name: options.name ?? null,
    labels: { baseline: options.labels?.baseline ?? 'baseline', candidate: options.labels?.candidate ?? 'candidate' },
    replicates: replicates.baseline.length,
    warmupSeconds: warmup.seconds,
    windowSeconds,
    rate,
    marginBytesPerRequest:
      options.marginBytesPerRequest ??
      (options.marginBytesPerSecond === undefined ? null : options.marginBytesPerSecond / rate),
  });
  const notes: SeriesNote[] = [
    ...PROVENANCE,
    ...prepared.notes,
    ...axisNotes({ counted, rate, metric, marginBytesPerRequest: scenario.gate.marginBytesPerRequest }, options),
    ...(rareEvents ? [{ code: 'rare-events', facts: {} } as const] : []),
    warmup.note,
  ];
  const recording = toRecording(replicates, {
    scenario,
    cut: { warmupSeconds: warmup.seconds, windowSeconds },
    notes: [...notes, ...warnings],
    judgedAt: options.judgedAt ?? new Date(),
  });
  // The metrics of a recording have the names of the tool that recorded them.
  const assessment = assess(recording, {
    metric: metric as Metric,
    singleLook: true,
    ...(rareEvents ? { fewestRequests: FEWEST_EVENTS } : {}),
  });
  // Nothing about fairness can be checked here, so there are no checks. The notes say what is not known.
  const verdict = judge({ ...assessment, validity: assessment.validity.filter(({ ok }) => !ok) });
  if (verdict.outcome === 'pass') {
    refuseRestarts(recording, prepared);
    refuseParts(prepared);
    refuseShort(warnings);
  }
  return { verdict, recording, notes, warnings };
}

const warmupAsked = (seconds: number): Warmup => ({ seconds, note: { code: 'warmup-asked', facts: { seconds } } });

/**
 * If a restart of the candidate interrupted its growth, the growth is not visible, so no PASS is based on such a
 * window.
 */
function refuseRestarts({ trials }: Recording, { restarts, replicates }: Prepared): void {
  for (const trial of trials.filter(({ trial: { arm } }) => arm === 'candidate')) {
    const [own] = restarts.slice(replicates.baseline.length + trial.trial.replicate - 1);
    const [, window] = trial.phases;
    const restart = own?.find(({ at }) => window !== undefined && at > window.from.time && at <= window.to.time);
    if (restart !== undefined)
      throw new SlopegateError('SERIES_INVALID', `${restartWords(restart)}; growth before it is hidden`, {
        location: `${restart.source}:1:1`,
        hint: 'give the rows of one process only; without this fall the recordings would pass',
      });
  }
}

/** Memory may have grown where readings are missing, so no PASS is based on a part of a recording. */
function refuseParts({ warnings }: Prepared): void {
  const part = warnings.find((warning) => warning.code === 'part-judged');
  if (part === undefined) return;
  throw new SlopegateError(
    'SERIES_INVALID',
    `there are no readings at ${gapWords(part.facts)}: ${ofWhole(part.facts)} are missing`,
    {
      location: `${part.facts.source}:1:1`,
      hint: 'record without a gap, or give the rows of a part without one; without this gap the recordings would pass',
    },
  );
}

/** A leak may begin after the end of the shortest recording, so there is no PASS if others are much longer. */
function refuseShort(warnings: readonly SeriesNote[]): void {
  const short = warnings.find((warning) => warning.code === 'lengths-differ');
  if (short === undefined) return;
  const { source, seconds, longestSeconds } = short.facts;
  throw new SlopegateError(
    'SERIES_INVALID',
    `this recording has ${duration(seconds)} of load, another one has ${duration(longestSeconds)}`,
    {
      location: `${source}:1:1`,
      hint:
        'record all replicates for the same time, or leave this pair out; if the recordings ended together, ' +
        'they would pass',
    },
  );
}

function refuseUnequal({ baseline, candidate }: Readonly<Record<ArmName, readonly Replicate[]>>): void {
  if (baseline.length > 0 && baseline.length === candidate.length) return;
  throw new SlopegateError(
    'SERIES_INVALID',
    `${baseline.length} recordings of the baseline and ${candidate.length} of the candidate`,
    { hint: 'give the same number for both sides: the n-th of each side are one replicate, recorded side by side' },
  );
}

function refuseMarginOfCounts({ metric, marginBytesPerRequest, marginBytesPerSecond }: CompareOptions): void {
  const name = metricName(metric ?? '', false);
  if (!COUNTS.has(name) || (marginBytesPerRequest ?? marginBytesPerSecond) === undefined) return;
  throw new SlopegateError('USAGE', `${name} are not bytes, and have another margin`, {
    hint: `remove --margin: ${name} may grow by 1 in 1,000 requests`,
  });
}

function recordedRate(spans: readonly LoadSpan[]): number {
  const requests = spans.reduce((sum, span) => sum + (span.requests ?? 0), 0);
  return Number((requests / spans.reduce((sum, { seconds }) => sum + seconds, 0)).toPrecision(3));
}
