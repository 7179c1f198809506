import type {
  Estimate,
  RemedyApplication,
  RemedyOutcome,
  RemedyReason,
  RemedySeries,
  RemedyTest,
} from '../results/index.js';
import { REMEDY_FEWEST, REMEDY_FIRST, REMEDY_SHARE, REMEDY_UNSTEADY_SHARE } from '../statistics/method.js';
import { mean } from '../statistics/numbers.js';
import { builtUp } from './built-up.js';
import { laterLeft, leftBehind } from './left-behind.js';

/** What a test has shown, before it is judged. */
export type RemedyEvidence = Pick<
  RemedyTest,
  'remedy' | 'rate' | 'every' | 'requestsBetween' | 'survive' | 'growth' | 'limit' | 'applications'
> & {
  /** Times that the service ended, or ran out of memory, beside the applications. */
  readonly ends: number;
  /** The service ran from the image that the candidate of the run had. */
  readonly isSameImage: boolean;
  /** Code of the error that ended the test early; null if it ran to its end. */
  readonly cutOff: string | null;
  /** The highest reading since the first application, bytes; null if there is none. */
  readonly highest: number | null;
  /** Memory of the candidate without the remedy; null if it did not run. */
  readonly without: RemedySeries | null;
};

export type RemedyJudgement = Pick<
  RemedyTest,
  'climb' | 'givenBack' | 'left' | 'peak' | 'secondsToLimit' | 'outcome' | 'reasons'
>;

/**
 * Whether a remedy keeps memory below the limit. Missing readings, few applications and a service that ended never give
 * `holds`.
 * @example judgeRemedy(evidence).outcome // 'leaks-itself'
 */
export function judgeRemedy(evidence: RemedyEvidence): RemedyJudgement {
  const { applications, remedy, growth, requestsBetween, limit } = evidence;
  const climb = builtUp({ kind: remedy.kind, applications, without: evidence.without, every: evidence.every.tested });
  const left = leftBehind(remedy.kind, applications);
  const givenBack = climb === null || left === null ? null : climb - left.value;
  const peak = evidence.highest === null ? null : evidence.highest + growth * requestsBetween.meant;
  const room = peak === null ? null : limit.bytes - peak;
  const secondsToLimit = left === null || room === null ? NOT_REACHED : timesTo(room, left, evidence);
  const measured = { climb, givenBack, left, peak, secondsToLimit };
  return { ...measured, ...outcomeOf(evidence, measured) };
}

type Measured = Omit<RemedyJudgement, 'outcome' | 'reasons'>;
interface Answer {
  readonly outcome: RemedyOutcome;
  readonly reasons: readonly RemedyReason[];
}

function outcomeOf(evidence: RemedyEvidence, measured: Measured): Answer {
  const missing = whatIsMissing(evidence, measured);
  if (missing.length > 0) return { outcome: 'not-shown', reasons: missing };
  const { climb, givenBack, left, peak, secondsToLimit } = measured;
  if (climb === null || givenBack === null || left === null || peak === null) return tooFew(evidence.applications);
  if (givenBack < REMEDY_SHARE * climb)
    return { outcome: 'no-help', reasons: [{ code: 'remedy-no-help', facts: { left: left.value, climb } }] };
  const limit = evidence.limit.bytes;
  if (peak >= limit)
    return { outcome: 'no-help', reasons: [{ code: 'remedy-interval-too-long', facts: { peak, limit } }] };
  if (left.lower > 0) {
    const slower = slowing(evidence);
    return slower === null ? { outcome: 'leaks-itself', reasons: [] } : { outcome: 'not-shown', reasons: [slower] };
  }
  const vague = evidence.remedy.kind === 'restart' ? unsteady(left, givenBack) : imprecise(secondsToLimit, evidence);
  return vague === null ? { outcome: 'holds', reasons: [] } : { outcome: 'not-shown', reasons: [vague] };
}

/** After a restart all processes are new. It only has to be seen that the levels after restarts do not rise. */
function unsteady({ upper }: Estimate, givenBack: number): RemedyReason | null {
  if (upper <= REMEDY_UNSTEADY_SHARE * givenBack) return null;
  return { code: 'remedy-unsteady', facts: { upper, givenBack } };
}

function imprecise({ earliest }: Measured['secondsToLimit'], { survive }: RemedyEvidence): RemedyReason | null {
  if (earliest === null || earliest >= survive) return null;
  return { code: 'remedy-imprecise', facts: { seconds: earliest, wanted: survive } };
}

function whatIsMissing(evidence: RemedyEvidence, { climb }: Measured): readonly RemedyReason[] {
  const { applications, ends, cutOff, every, rate, growth, remedy } = evidence;
  const failed = applications.filter(({ failure }) => failure !== null).length;
  const reasons: RemedyReason[] = [];
  if (cutOff !== null) reasons.push({ code: 'remedy-cut-off', facts: { error: cutOff } });
  if (!evidence.isSameImage) reasons.push({ code: 'remedy-other-image', facts: { service: remedy.service } });
  if (failed > 0) reasons.push({ code: 'remedy-failed', facts: { failed, of: applications.length } });
  if (ends > 0) reasons.push({ code: 'remedy-service-ended', facts: { ends } });
  if (applications.some(isUnknown) || applications.length < REMEDY_FEWEST)
    reasons.push(...tooFew(applications).reasons);
  const first = remedy.kind === 'restart' ? 0 : REMEDY_FIRST;
  const settled = applications.filter(({ number, isUnsettled }) => number > first && !isUnsettled).length;
  if (reasons.length === 0 && settled < REMEDY_FEWEST)
    reasons.push({ code: 'remedy-old-processes', facts: { settled, needed: REMEDY_FEWEST } });
  if (climb === null && reasons.length === 0) reasons.push({ code: 'remedy-growth-unknown', facts: {} });
  if (climb !== null && reasons.length === 0) {
    const expected = growth * rate.tested * every.tested;
    if (climb < REMEDY_SHARE * expected) reasons.push({ code: 'remedy-no-growth', facts: { climb, expected } });
  }
  return reasons;
}

const isUnknown = ({ before, after }: RemedyApplication): boolean => before === null || after === null;

function tooFew(applications: readonly RemedyApplication[]): Answer {
  const known = applications.filter((one) => !isUnknown(one)).length;
  const needed = Math.max(REMEDY_FEWEST, applications.length);
  return { outcome: 'not-shown', reasons: [{ code: 'remedy-too-few', facts: { known, needed } }] };
}

/** What a process that lives on keeps may become less from application to application: a pool that fills. */
function slowing({ remedy, applications }: RemedyEvidence): RemedyReason | null {
  const left = laterLeft(applications);
  const half = Math.floor(left.length / 2);
  const first = mean(left.slice(0, half));
  const second = mean(left.slice(-half));
  if (remedy.kind === 'restart' || second >= REMEDY_SHARE * first) return null;
  return { code: 'remedy-slows', facts: { first, second } };
}

const NOT_REACHED = { estimate: null, earliest: null };

/**
 * The processes are new after a restart, so what one leaves does not depend on the requests before it. What a signal or
 * a command leaves may grow with the requests between two of them. The earliest time allows for that.
 */
function timesTo(room: number, left: Estimate, { remedy, every, requestsBetween }: RemedyEvidence) {
  const { tested, meant } = requestsBetween;
  if (remedy.kind === 'restart' && left.lower <= 0) return NOT_REACHED;
  const scale = remedy.kind === 'restart' ? 1 : Math.max(1, meant / tested);
  const seconds = (bytes: number): number | null => (bytes > 0 ? (Math.max(0, room) / bytes) * every.meant : null);
  return { estimate: seconds(left.value), earliest: seconds(left.upper * scale) };
}
