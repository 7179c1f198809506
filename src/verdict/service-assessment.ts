import {
  containersOn,
  levelsOf,
  freeMemory,
  type Cutting,
  type GatedSubject,
  type TrialPair,
} from '../evidence/index.js';
import { ARMS, type ArmName, type Outcome, type Recording } from '../model/index.js';
import type { Estimate, FreeMemory, ReplicateGrowth, ServiceAssessment } from '../results/index.js';
import { sawtoothFloor } from '../statistics/estimators/drawdown.js';
import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import { floorOf, floorSource, leastSpread } from '../statistics/estimators/variance-floor.js';
import { detectableDifference } from '../procedure/detectable.js';
import { estimateOf } from './estimate-of.js';
import { guardsOf } from './guards.js';
import { growthInParts } from './parts.js';
import { sawtoothOf, shapeOf } from './shape.js';
import { actionAtStep } from './step-action.js';

const OUTCOMES = { pass: 'pass', fail: 'fail', continue: 'inconclusive' } as const satisfies Record<string, Outcome>;

/** An arm's own growth: the same t-test, with the floor of its own cycles. */
function growthOf(evidence: GrowthEvidence | null, arm: ArmName): Estimate | null {
  const slopes = evidence?.[arm];
  const sawtooth = evidence?.sawtooth[arm];
  if (!evidence || !slopes || !sawtooth) return null;
  return estimateOf(
    slopes,
    leastSpread({ ...evidence.floor, sawtooth: sawtoothFloor(sawtooth, evidence.floor.requests) }),
  );
}

function replicateRows({ subject, evidence }: GatedSubject): ReplicateGrowth[] {
  return subject.replicates.map(({ replicate, seconds }, i) => ({
    replicate,
    baseline: evidence?.baseline?.[i] ?? null,
    candidate: evidence?.candidate?.[i] ?? null,
    difference: evidence?.differences[i] ?? null,
    requests: evidence?.requests[i] ?? 0,
    seconds,
  }));
}

/** A service's assessment before its statement is made, because a FAIL may have to be taken back. */
export type Measured = Omit<ServiceAssessment, 'said'>;

function roomOf(
  { subject: { metric, services } }: GatedSubject,
  levels: ServiceAssessment['levels'],
  pairs: readonly TrialPair[],
  recording: Recording,
): ServiceAssessment['room'] {
  const on = (arm: ArmName): FreeMemory | null =>
    metric.endsWith('_bytes') && services[arm].length > 0
      ? freeMemory(services[arm], levels[arm]?.end ?? null, containersOn(pairs, arm), recording)
      : null;
  return { baseline: on('baseline'), candidate: on('candidate') };
}

/** Everything that is known about one subject. `alphaFail` is what the deciding look spent on FAIL. */
export function assessService(
  gated: GatedSubject,
  pairs: readonly TrialPair[],
  recording: Recording,
  alphaFail: number,
  cutting: Cutting,
): Measured {
  const { subject, evidence, member } = gated;
  const judgement = member?.judgement ?? null;
  const growth = { baseline: growthOf(evidence, 'baseline'), candidate: growthOf(evidence, 'candidate') };
  const [baselineLevels, candidateLevels] = ARMS.map((arm) => levelsOf(subject, pairs, arm));
  const levels = { baseline: baselineLevels ?? null, candidate: candidateLevels ?? null };
  const sawtooth = sawtoothOf(gated);
  const parts = growthInParts(gated, pairs, cutting);
  return {
    role: subject.role,
    services: subject.services,
    metric: subject.metric,
    unit: subject.unit,
    judged: subject.judged,
    outcome: member === null ? ('inconclusive' as const) : OUTCOMES[member.decision],
    replicates: replicateRows(gated),
    growth,
    difference: evidence === null ? null : estimateOf(evidence.differences, leastSpread(evidence.floor)),
    bounds: judgement === null ? null : { lower: judgement.lower, upper: judgement.upper },
    margin: subject.margin,
    pFail: judgement?.p ?? null,
    standardDeviation: judgement?.estimate.sampleDeviation ?? null,
    floor:
      evidence === null || judgement === null
        ? null
        : {
            value: floorOf(evidence.floor),
            active: judgement.estimate.floorActive,
            source: floorSource(evidence.floor),
            ...(evidence.floor.stepsKnown ? { stepsKnown: true } : {}),
          },
    detectable: judgement === null ? null : detectableDifference(judgement.estimate, subject.margin, alphaFail),
    shape: shapeOf(gated, growth.candidate, sawtooth),
    guards: guardsOf(gated, { sawtooth, levels, action: actionAtStep(gated, pairs) }),
    sawtooth,
    confirmationStatus: 'unneeded' as const,
    confirmation: [],
    levels,
    room: roomOf(gated, levels, pairs, recording),
    ...(parts.length === 0 ? {} : { parts }),
  };
}
