import { meansOver } from '../../../src/statistics/bins.js';
import { bearsOut, confirmingGrowth } from '../../../src/statistics/confirmation.js';
import { measureFalls } from '../../../src/statistics/drawdown.js';
import { FALL_SECONDS, type GrowthEvidence } from '../../../src/statistics/growth-evidence.js';
import { DEFAULT_RHO } from '../../../src/statistics/guard-rules.js';
import { rulesAt, type MemberJudgement } from '../../../src/statistics/judge-family.js';
import { smallestPlateau } from '../../../src/statistics/smallest-plateau.js';
import { drawPair, type Replicate, type Service } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import { ALPHAS, type Design } from './design.js';

/** What a failing service showed. */
export interface Failing {
  readonly service: Service;
  readonly member: MemberJudgement;
  readonly evidence: GrowthEvidence;
  readonly replicates: readonly Replicate[];
}

/** The memory limit of the simulated services. */
export const MEMORY_LIMIT = 1024 ** 3;
/** As in src/verdict/confirmation.ts, whose rule works on recordings. */
const TELLING_FALL = 0.25;

/** The rule of `confirm: auto`: no plateau within the memory limit explains the growth, and nothing was given back since the load began. */
export function beyondAnyPlateau({ member, evidence, replicates }: Failing, margin: number): boolean {
  const remaining = smallestPlateau(evidence.curves, evidence.floor, rulesAt(ALPHAS, 1, margin, DEFAULT_RHO));
  const ends = replicates.map(({ candidateSinceLoad: { y } }) => y[y.length - 1] as number);
  if (remaining <= MEMORY_LIMIT - Math.min(...ends)) return false;
  const falls = replicates.map(({ candidateSinceLoad: { time, y } }) => measureFalls(meansOver(time, y, FALL_SECONDS)).drawdown);
  return Math.max(...falls) < TELLING_FALL * member.judgement.steadyGrowth * evidence.floor.requests;
}

/** Whether one longer fresh pair bears the FAIL out. */
export function borneOut({ service, member }: Failing, margin: number, design: Design, random: Random): boolean {
  const { baseline, candidate } = drawPair(service, { ...design.timing, window: design.confirmation }, random);
  if (baseline === null || candidate === null) return false;
  return bearsOut(confirmingGrowth(baseline, candidate), member.judgement.steadyGrowth, margin);
}
