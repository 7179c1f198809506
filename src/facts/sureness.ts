import type { Result } from '../results/index.js';
import { surenessSentence } from '../words/sureness.js';
import { decisiveService } from './services.js';

/**
 * How sure the verdict is, in words. Null if the comparison is not valid, if nothing was judged, or if the verdict is
 * not based on growth.
 */
export function sureness(result: Result): string | null {
  const { outcome, assessment } = result.verdict;
  const decisive = decisiveService(result);
  if (outcome === 'invalid' || decisive === null || decisive.outcome !== outcome) return null;
  const differences = decisive.replicates.map(({ difference }) => difference).filter((one) => one !== null);
  const { difference, margin } = decisive;
  return surenessSentence({
    outcome,
    alpha: assessment.alpha,
    replicates: differences.length,
    above: differences.filter((one) => one > margin).length,
    isSettled: decisive.shape === 'settled',
    isOnBothSides: difference !== null && difference.lower < margin && difference.upper > margin,
  });
}
