import type { GatedSubject } from '../evidence/index.js';
import { confirms } from '../guards/confirmation.js';
import { HOUR_SECONDS, type ArmName } from '../model/index.js';
import type { Estimate, Guard, TimeGrowth, TimeState } from '../results/index.js';
import type { Alphas } from '../procedure/judge-family.js';
import { sawtoothFloor } from '../statistics/estimators/drawdown.js';
import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import { lowerBound, replicateMean, upperBound, type ReplicateMean } from '../statistics/estimators/replicate-mean.js';
import { leastSpread, type LeastSpread } from '../statistics/estimators/variance-floor.js';
import { CONFIRMED_SHARE, LIKELY_ALPHA } from '../statistics/method.js';
import { median } from '../statistics/numbers.js';
import { estimateOf } from './estimate-of.js';
import { splitGrowth } from './split-growth.js';
import type { Measured } from './service-assessment.js';

/**
 * Growth with time alone of one service. `idle` is its memory in the idle phases, `window` its memory under load. Null
 * if fewer than two idle phases are usable. Source: docs/method.md#step-16-growth-with-time
 */
export function timeGrowthOf(
  idle: GatedSubject,
  window: GatedSubject,
  { alphas, ratePerSecond }: { readonly alphas: Alphas; readonly ratePerSecond: number },
): TimeGrowth | null {
  const { subject, evidence, member } = idle;
  if (evidence === null || member === null) return null;
  const { lower, upper } = member.judgement;
  const state = stateOf(idle, window, alphas);
  const difference = hourly(evidence.differences, leastSpread(evidence.floor));
  if (difference === null) return null;
  return {
    replicates: subject.replicates.length,
    seconds: median(subject.replicates.map(({ seconds }) => seconds)),
    growth: { baseline: growthOf(evidence, 'baseline'), candidate: growthOf(evidence, 'candidate') },
    difference,
    bounds: { lower: lower * HOUR_SECONDS, upper: upper * HOUR_SECONDS },
    margin: subject.margin * HOUR_SECONDS,
    state,
    split: state === 'grows' ? splitGrowth(idle, window, ratePerSecond) : null,
  };
}

function stateOf({ subject, evidence, member }: GatedSubject, window: GatedSubject, alphas: Alphas): TimeState {
  if (evidence === null || member === null) return 'open';
  const { margin } = subject;
  const { estimate, upper } = member.judgement;
  const underLoad = perSecondUnderLoad(window);
  if (member.decision === 'fail' && underLoad !== null && confirms(underLoad.mean, estimate.mean, margin))
    return 'grows';
  if (upper < margin) return 'within';
  const own = evidence.candidate && replicateMean(evidence.candidate, spreadOf(evidence, 'candidate'));
  const probably = [estimate, own].every((one) => one !== null && lowerBound(one, LIKELY_ALPHA) > 0);
  // Time does not stand still under load. What is much slower there is no growth with time, but a job after the load.
  const ruledOut =
    underLoad !== null &&
    (upperBound(underLoad, LIKELY_ALPHA) < CONFIRMED_SHARE * estimate.mean ||
      upperBound(underLoad, alphas.pass) < margin);
  return probably && !ruledOut ? 'may-grow' : 'open';
}

/** The window's difference, told per second; null with fewer than two replicates. */
function perSecondUnderLoad({ subject, evidence }: GatedSubject): ReplicateMean | null {
  if (evidence === null || evidence.differences.length < 2) return null;
  const rates = subject.replicates.map(({ seconds }, i) => (evidence.requests[i] as number) / seconds);
  const typical = median(rates);
  const { estimated, known, bias } = leastSpread(evidence.floor);
  return replicateMean(
    evidence.differences.map((slope, i) => slope * (rates[i] as number)),
    { estimated: estimated * typical, known: known * typical, bias: bias * typical },
  );
}

/** The least spread of an arm's own growth: that of its own cycles. */
function spreadOf({ sawtooth, floor }: GrowthEvidence, arm: ArmName): LeastSpread {
  const cycles = sawtooth[arm];
  return leastSpread({ ...floor, sawtooth: cycles === null ? 0 : sawtoothFloor(cycles, floor.requests) });
}

const growthOf = (evidence: GrowthEvidence, arm: ArmName): Estimate | null =>
  evidence[arm] && hourly(evidence[arm], spreadOf(evidence, arm));

function hourly(perSecond: readonly number[], { estimated, known, bias }: LeastSpread): Estimate | null {
  return estimateOf(
    perSecond.map((slope) => slope * HOUR_SECONDS),
    { estimated: estimated * HOUR_SECONDS, known: known * HOUR_SECONDS, bias: bias * HOUR_SECONDS },
  );
}

/**
 * The service with its growth with time. A PASS is taken back if memory probably grows without requests and is not
 * surely below the hourly margin. `decides`: the scenario lets growth with time decide, and did not accept it.
 */
export function withTimeGrowth(service: Measured, time: TimeGrowth | null, decides: boolean): Measured {
  if (time === null) return service;
  const told = { ...service, time };
  if (time.state !== 'may-grow' || service.outcome !== 'pass' || !decides) return told;
  const { difference, bounds, margin, seconds } = time;
  const facts = { unit: 'bytes/h', growth: difference.value, upTo: bounds.upper, margin, seconds };
  const guard: Guard = { name: 'TIME', code: 'may-grow-with-time', facts };
  return { ...told, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}
