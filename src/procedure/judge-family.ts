import type { GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import type { GateRules } from '../guards/guard-rules.js';
import { RHO } from '../statistics/method.js';
import { holmAdjusted } from './holm.js';
import { judgeLook, type LookJudgement } from './judge-look.js';
import type { Look } from './alpha-spending.js';

/** Alpha before it is divided over the looks. */
export interface Alphas {
  /** One-sided, of a false FAIL of one service. */
  readonly fail: number;
  /** Of any false FAIL in a stack of several services. */
  readonly family: number;
  /** One-sided, of a false PASS at the margin. */
  readonly pass: number;
  /** One-sided, of the guards' tests. */
  readonly guard: number;
}

/** One service of a stack, or one metric of it. */
export interface FamilyMember {
  readonly margin: number;
  /** No longer pair will confirm its FAIL. */
  readonly unconfirmed: boolean;
  /** See `GateRules`. */
  readonly inPhases?: boolean;
  readonly loadUnknown?: boolean;
  readonly evidenceAt: (look: Look) => GrowthEvidence;
}

/** The decision on one service after all looks that were taken. */
export interface MemberJudgement {
  readonly decision: 'pass' | 'fail' | 'continue';
  /** Index of the look that decided, or the last one taken. */
  readonly look: number;
  /** Judgement at that look. */
  readonly judgement: LookJudgement;
  /** Holm-adjusted p-value over the family at that look. */
  readonly adjustedP: number;
}

/** The share of alpha that a look of this weight may spend on one service. */
export function rulesAt(alphas: Alphas, weight: number, margin: number): GateRules {
  const { fail, pass, guard } = alphas;
  return { margin, alphaFail: fail * weight, alphaPass: pass * weight, alphaGuard: guard, rho: RHO };
}

/**
 * All services of a stack through all looks. A service fails at the first look at which its own bound is above the
 * margin, no guard objects, and Holm's correction over the services at that look confirms it. The looks end there. A
 * PASS is kept from look to look (every service must pass by itself, so no correction is needed). `evidenceAt(service,
 * look)` gives a service's evidence from the first replicates of that look. There must be two or more.
 */
export function judgeFamily(
  members: readonly FamilyMember[],
  looks: readonly Look[],
  alphas: Alphas,
): MemberJudgement[] {
  let state: MemberJudgement[] = [];
  for (const [index, look] of looks.entries()) {
    const judgements = members.map((member) =>
      judgeLook(member.evidenceAt(look), {
        ...rulesAt(alphas, look.weight, member.margin),
        unconfirmed: member.unconfirmed,
        inPhases: member.inPhases ?? false,
        loadUnknown: member.loadUnknown ?? false,
      }),
    );
    const adjusted = holmAdjusted(judgements.map((judgement) => judgement.p));
    const bar = (members.length > 1 ? alphas.family : alphas.fail) * look.weight;
    const earlier = state;
    state = judgements.map((judgement, i) => {
      const adjustedP = adjusted[i] as number;
      if (judgement.decision === 'fail' && adjustedP <= bar)
        return { decision: 'fail', look: index, judgement, adjustedP };
      const before = earlier[i];
      if (before?.decision === 'pass') return before;
      return { decision: judgement.decision === 'pass' ? 'pass' : 'continue', look: index, judgement, adjustedP };
    });
    if (state.some((member) => member.decision === 'fail') || state.every((member) => member.decision === 'pass'))
      break;
  }
  return state;
}
