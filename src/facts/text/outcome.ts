import type { Outcome } from '../../model/index.js';
import type { WordedVerdict } from '../../results/index.js';

interface OutcomeWords {
  readonly word: string;
  readonly icon: string;
  /** What the outcome means, for a reader who has never seen one. */
  readonly meaning: string;
  /** What to do if the verdict itself gives no advice. */
  readonly next: string;
}

export const OUTCOMES: Readonly<Record<Outcome, OutcomeWords>> = {
  pass: {
    word: 'PASS',
    icon: '✅',
    meaning: 'The candidate does not grow faster than the baseline by more than the margin you accept.',
    next: 'Memory growth is no reason against deploying the candidate.',
  },
  fail: {
    word: 'FAIL',
    icon: '❌',
    meaning: 'The candidate grows faster than the baseline by more than the margin you accept.',
    next: 'Do not deploy the candidate until the growth is explained or fixed.',
  },
  inconclusive: {
    word: 'INCONCLUSIVE',
    icon: '⚠️',
    meaning: 'The evidence is not enough to decide. This is not a pass.',
    next: 'Run longer, or with more replicates, before you decide.',
  },
  invalid: {
    word: 'INVALID',
    icon: '⛔',
    meaning: 'The two versions were not compared fairly, so no conclusion can be drawn. This is not a pass.',
    next: 'Fix what failed under “Was the comparison fair?” and run again.',
  },
};

/**
 * What the outcome means for this verdict. A service that has settled passes by its present growth, and the text says
 * so.
 */
export function meaning({ outcome, assessment }: WordedVerdict): string {
  const settled = outcome === 'pass' && assessment.services.some(({ judged, shape }) => judged && shape === 'settled');
  return settled
    ? 'The candidate gained memory during the test, but it has stopped growing.'
    : OUTCOMES[outcome].meaning;
}

export function advice(verdict: WordedVerdict): string {
  return verdict.advice ?? OUTCOMES[verdict.outcome].next;
}
