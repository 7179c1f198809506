import { ANY_LABEL } from '../evidence/index.js';
import type { Severity } from '../model/index.js';
import type { DecisionDifference, Finding } from '../results/index.js';
import { raise } from './severity.js';

/**
 * Requests that the two versions decided differently, label by label: what is blocked has changed, whatever memory
 * does.
 */
export function decidedDifferently(
  decisions: readonly DecisionDifference[],
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return decisions.flatMap(({ label, requests, differing, examples }) => {
    return raise('decided-differently', severities, {
      service: null,
      arm: null,
      said: {
        code: 'requests-decided-differently',
        facts: { label: label === ANY_LABEL ? null : label, requests, differing, examples },
      },
      value: differing,
      threshold: 0,
      unit: 'requests',
    });
  });
}
