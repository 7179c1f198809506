import type { GatedSubject } from '../evidence/index.js';
import type { Guard, SawtoothFacts, ServiceAssessment } from '../results/index.js';
import { EDGE_READINGS, ENOUGH_PERIODS } from '../statistics/method.js';
import { mean, median, type Numbers } from '../statistics/numbers.js';
import type { LookJudgement } from '../procedure/judge-look.js';
import { guardOn } from './objections.js';
import type { ActionAtStep } from './step-action.js';

interface Surroundings {
  readonly sawtooth: SawtoothFacts | null;
  readonly levels: ServiceAssessment['levels'];
  readonly action: ActionAtStep | null;
}

/** What the shape of the growth says, each statement with its evidence. */
export function guardsOf(gated: GatedSubject, { sawtooth, levels, action }: Surroundings): readonly Guard[] {
  const { subject, evidence, member } = gated;
  if (member === null || evidence === null) return [];
  const { judgement } = member;
  const { unit, metric } = subject;
  return [
    // If the growth has stopped and passes, it does not matter what prevented a FAIL.
    ...(judgement.settled
      ? [settled(judgement, gainOf(evidence.curves), unit)]
      : objected(judgement, gated, levels, action)),
    ...(sawtooth === null
      ? []
      : [
          { name: 'SAWTOOTH', code: 'sawtooth', facts: { ...sawtooth, unit, metric, needed: ENOUGH_PERIODS } } as const,
        ]),
  ];
}

/** The guard that prevented a FAIL or a PASS. */
function objected(
  judgement: LookJudgement,
  { subject, evidence }: GatedSubject,
  levels: ServiceAssessment['levels'],
  action: ActionAtStep | null,
): Guard[] {
  if (judgement.objection === null) return [];
  const requests = evidence?.floor.requests ?? 0;
  const secondsPerX = median(subject.replicates.map(({ seconds }) => seconds)) / requests;
  const { unit, metric, margin } = subject;
  const start = levels.candidate?.start ?? null;
  return [guardOn(judgement.objection, { unit, metric, judgement, requests, secondsPerX, start, action, margin })];
}

function settled({ deceleration }: LookJudgement, gained: number, unit: string): Guard {
  const { firstHalf, secondHalf, secondHalfUpper } = deceleration;
  const facts = { unit, gained, firstHalf, secondHalf, secondHalfBelow: secondHalfUpper };
  return { name: 'SETTLED', code: 'settled', facts };
}

function gainOf(curves: readonly { readonly y: Numbers }[]): number {
  return mean(curves.map(({ y }) => edge(y, y.length - EDGE_READINGS) - edge(y, 0)));
}

function edge(y: Numbers, from: number): number {
  return median(
    Array.from({ length: Math.min(EDGE_READINGS, y.length) }, (_, i) => y[Math.max(0, from) + i] as number),
  );
}
