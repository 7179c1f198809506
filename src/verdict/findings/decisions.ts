import type { DecisionDifference, Finding, Severity } from '../../model/index.js';
import { count, list } from '../../words/numbers.js';
import { ANY_LABEL } from '../decisions.js';
import { raise } from '../severity.js';

/** Examples that fit into a sentence; the report's table has more. */
const IN_SENTENCE = 3;

/**
 * Requests that the two versions decided differently, label by label: what is blocked has changed, whatever memory
 * does.
 */
export function decidedDifferently(
  decisions: readonly DecisionDifference[],
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  return decisions.flatMap(({ label, requests, differing, examples }) => {
    const shown = examples
      .slice(0, IN_SENTENCE)
      .map(
        ({ index, request, baseline, candidate }) =>
          `${request ?? `request ${index}`} (${baseline || 'no answer'} → ${candidate || 'no answer'})`,
      );
    const kind = label === ANY_LABEL ? '' : `${label} `;
    return raise('decided-differently', severities, {
      service: null,
      arm: null,
      sentence: `The two versions decided ${count(differing)} of ${count(requests)} ${kind}requests differently${shown.length === 0 ? '' : `, among them ${list(shown)}`}.`,
      value: differing,
      threshold: 0,
      unit: 'requests',
      hint: 'Check what the new version blocks or lets through on purpose before you put it into service.',
    });
  });
}
