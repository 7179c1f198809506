import { confirmsGrowth, beyondAnyPlateau, confirmingGrowth } from '../../../src/guards/confirmation.js';
import type { GrowthEvidence } from '../../../src/statistics/estimators/growth-evidence.js';
import type { SeriesPair } from '../../../src/statistics/estimators/pair-measure.js';
import { rulesAt, type MemberJudgement } from '../../../src/procedure/judge-family.js';
import type { Replicate, Service } from '../generator/pair.js';
import { ALPHAS } from './design.js';

/** What a failing service showed. */
export interface Failing {
  readonly service: Service;
  readonly member: MemberJudgement;
  readonly evidence: GrowthEvidence;
  readonly replicates: readonly Replicate[];
}

/** The memory limit of the simulated services. */
const MEMORY_LIMIT = 1024 ** 3;

/** Whether `confirm: auto` needs no longer pair: a plateau above the memory limit cannot explain the growth. */
export function outgrowsTheLimit({ member, evidence, replicates }: Failing, margin: number): boolean {
  const ends = replicates.map(
    ({
      fromLoadStart: {
        candidate: { y },
      },
    }) => y[y.length - 1] as number,
  );
  return beyondAnyPlateau(
    evidence,
    member.judgement.steadyGrowth,
    MEMORY_LIMIT - Math.min(...ends),
    rulesAt(ALPHAS, 1, margin),
  );
}

/** Whether one longer fresh pair bears the FAIL out. */
export function isConfirmed({ member }: Failing, margin: number, { baseline, candidate }: SeriesPair): boolean {
  if (baseline === null || candidate === null) return false;
  return confirmsGrowth(confirmingGrowth(baseline, candidate), member.judgement.steadyGrowth, margin);
}
