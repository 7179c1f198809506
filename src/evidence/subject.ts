import { ARMS, type ArmName, type Metric, type ServiceSeries, type TrialRecording } from '../model/index.js';
import type { MissingReplicate, SeriesFault } from '../results/index.js';
import {
  measurePair,
  type ArmSeries,
  type PairMeasure,
  type SeriesPair,
} from '../statistics/estimators/pair-measure.js';
import { segmentSlopes } from '../statistics/estimators/segment-slopes.js';
import { FEWEST_JUDGED } from '../statistics/method.js';
import type { TrialPair } from './replicates.js';
import { after, cut, fromOrigin, sumOf, type Axis } from './series/cut.js';
import { stuckEnd } from './series/stuck-end.js';
import { containerUnread, endsEarly, notAlive, objection, replacedUnseen, withoutMisread } from './series/usable.js';
import { loadBegan, type Window } from './series/window.js';

/** One thing whose growth is assessed in all replicates: a metric of a role, or of the stack's total. */
export interface Subject {
  readonly role: string;
  readonly services: Readonly<Record<ArmName, readonly string[]>>;
  readonly metric: Metric;
  /** `bytes/request`, `fds/request`, `bytes/s`… */
  readonly unit: string;
  /** Whether it counts for the verdict. */
  readonly judged: boolean;
  readonly margin: number;
  /** Size of the steps in which the metric changes. */
  readonly quantum: number;
  /** Spread of a difference that this host's calibration showed; absent if it is not used. */
  readonly prior?: number;
  /** The step term of the floor counts as a known bound: see `leastSpread`. */
  readonly stepsKnown?: boolean;
  readonly replicates: readonly UsablePair[];
  /** Why replicates are missing. */
  readonly missing: readonly MissingReplicate[];
}

export interface UsablePair {
  readonly replicate: number;
  readonly pair: SeriesPair;
  readonly measure: PairMeasure;
  readonly seconds: number;
  /** How long the readings of an arm seem to be stuck at the window's end, seconds; null if they do not. */
  readonly stuckSeconds: Readonly<Record<ArmName, number | null>>;
  /** Arms whose readings end long before the window does. They are evidence, but not for a PASS. */
  readonly endsEarly: readonly MissingReplicate[];
  /** Lone readings of both arms that were left out as misread. */
  readonly lone: readonly number[];
}

/** Trials in which a service died or was replaced. Their series are not the growth of one process. */
type Interrupted = (trial: TrialRecording, services: readonly string[]) => boolean;

export interface Preparation {
  readonly axis: Axis;
  /** The judged part of a trial; null if it has none. */
  readonly windowIn: (trial: TrialRecording) => Window | null;
  /** The load before the window is looked at too. If not, the x-axis begins at the window's start. */
  readonly sinceLoad: boolean;
  readonly interrupted: Interrupted;
  readonly fewestRequests: number;
}

/** One arm of one replicate: in its window, and from the first request to the window's end. */
interface ArmStretches {
  readonly window: ArmSeries;
  /** Null if the load before the window is not looked at. */
  readonly fromLoadStart: ArmSeries | null;
  /** How long its readings seem to be stuck at the window's end; null if they do not. */
  readonly stuckSeconds: number | null;
  /** Its readings end long before the window does; null if they do not. */
  readonly endsEarly: SeriesFault | null;
  /** Lone readings since the load began that were left out, because they are far from both neighbours. */
  readonly lone: readonly number[];
}

/** The series of one arm, summed over the named services; or the reason why there is none. */
function armSeries(
  trial: TrialRecording,
  services: readonly string[],
  metric: Metric,
  { axis, windowIn, sinceLoad, interrupted, fewestRequests }: Preparation,
): ArmStretches | SeriesFault {
  const window = windowIn(trial);
  if (window === null) return { code: 'no-window', facts: {} };
  if (interrupted(trial, services)) return { code: 'process-ended', facts: {} };
  const unread = containerUnread(trial, services);
  if (unread !== null) return unread;
  const load = { from: sinceLoad ? Math.min(loadBegan(trial), window.from) : window.from, to: window.to };
  const [read, parts, lone]: [ServiceSeries[], ArmSeries[], number[]] = [[], [], []];
  for (const name of services) {
    const series = trial.services.find(({ service }) => service === name);
    const whole = series && cut(series, metric, load, axis);
    if (series === undefined || !whole) return { code: 'not-measured', facts: {} };
    const part = sinceLoad ? whole : fromOrigin(whole, window.from);
    const inWindow = after(part, window.from);
    const fault = notAlive(inWindow, metric) ?? replacedUnseen(withoutMisread(inWindow, metric).series, metric, trial);
    if (fault !== null) return fault;
    read.push(series);
    const cleaned = withoutMisread(part, metric);
    parts.push(cleaned.series);
    lone.push(...cleaned.lone);
  }
  const fromLoadStart = sumOf(parts);
  const inWindow = fromLoadStart && after(fromLoadStart, window.from);
  const fault = objection(inWindow, window, axis, fewestRequests, trial);
  if (fault !== null || inWindow === null || fromLoadStart === null)
    return fault ?? { code: 'not-measured', facts: {} };
  return {
    window: inWindow,
    fromLoadStart: sinceLoad ? fromLoadStart : null,
    stuckSeconds: stuckEnd(inWindow, read, metric),
    endsEarly: endsEarly(inWindow, window),
    lone,
  };
}

/** The usable replicates of one subject, from pairs of complete trials. */
export function replicatesOf(
  pairs: readonly TrialPair[],
  services: Readonly<Record<ArmName, readonly string[]>>,
  metric: Metric,
  preparation: Preparation,
): Pick<Subject, 'replicates' | 'missing'> {
  const replicates: UsablePair[] = [];
  const missing: MissingReplicate[] = [];
  for (const trials of pairs) {
    const stretches: Record<ArmName, ArmStretches | null> = { baseline: null, candidate: null };
    const reasons: MissingReplicate[] = [];
    for (const arm of ARMS) {
      if (services[arm].length === 0) continue;
      const result = armSeries(trials[arm], services[arm], metric, preparation);
      if ('code' in result) reasons.push({ replicate: trials.replicate, arm, services: services[arm], fault: result });
      else stretches[arm] = result;
    }
    missing.push(...reasons);
    if (reasons.length > 0) continue;
    const pair: SeriesPair = {
      baseline: stretches.baseline?.window ?? null,
      candidate: stretches.candidate?.window ?? null,
    };
    const fromLoadStart: SeriesPair = {
      baseline: stretches.baseline?.fromLoadStart ?? null,
      candidate: stretches.candidate?.fromLoadStart ?? null,
    };
    const measure = measured(pair, fromLoadStart, recordedElsewhere(trials));
    if ('code' in measure) missing.push({ replicate: trials.replicate, arm: null, services: [], fault: measure });
    else
      replicates.push({
        replicate: trials.replicate,
        pair,
        measure,
        seconds: secondsOf(pair),
        stuckSeconds: {
          baseline: stretches.baseline?.stuckSeconds ?? null,
          candidate: stretches.candidate?.stuckSeconds ?? null,
        },
        endsEarly: ARMS.flatMap((arm) => {
          const fault = stretches[arm]?.endsEarly ?? null;
          return fault === null ? [] : [{ replicate: trials.replicate, arm, services: services[arm], fault }];
        }),
        lone: ARMS.flatMap((arm) => stretches[arm]?.lone ?? []),
      });
  }
  return { replicates, missing };
}

/** Only recordings of other tools have no phases. Such a tool may have rounded its output. */
const recordedElsewhere = ({ baseline, candidate }: TrialPair): boolean =>
  baseline.phases.length === 0 && candidate.phases.length === 0;

/**
 * The measured pair; or the reason why the two series cannot be compared: no request for a quarter of the window, or
 * almost no overlap.
 */
function measured(pair: SeriesPair, fromLoadStart: SeriesPair, printed: boolean): PairMeasure | SeriesFault {
  try {
    const measure = measurePair(pair, fromLoadStart, printed);
    if (measure.curve.x.length < FEWEST_JUDGED)
      return { code: 'no-overlap', facts: { seconds: measure.curve.x.length, needed: FEWEST_JUDGED } };
    segmentSlopes(measure.curve, 4);
    return measure;
  } catch (error) {
    // The estimators refuse series whose x does not change.
    if (error instanceof RangeError) return { code: 'stood-still', facts: {} };
    throw error;
  }
}

function secondsOf(pair: SeriesPair): number {
  const arms = [pair.baseline, pair.candidate].filter((arm) => arm !== null);
  return Math.max(...arms.map(({ time }) => (time[time.length - 1] as number) - (time[0] as number)));
}
