import type { DecisionDifference, Recording, ValidityCheck } from '../../model/index.js';
import { count, list, percent } from '../../words/numbers.js';

/**
 * That the two versions decided alike, label by label, within the tolerance: a version that blocks more does other
 * work.
 */
export function decisionsCheck({ manifest }: Recording, decisions: readonly DecisionDifference[]): ValidityCheck[] {
  if (manifest.trace === null) return [];
  const { decisionTolerance } = manifest.scenario.identity;
  const beyond = decisions.filter(({ differing, requests }) => differing > decisionTolerance * requests);
  if (beyond.length > 0) {
    const parts = beyond.map(
      ({ label, differing, requests }) => `${count(differing)} of ${count(requests)} ${label} requests`,
    );
    return [
      {
        name: 'decisions-agree',
        ok: false,
        sentence: `the two versions decided ${list(parts)} differently (at most ${percent(decisionTolerance)} of a label is accepted)`,
      },
    ];
  }
  const differing = decisions.reduce((sum, decision) => Math.max(sum, decision.differing), 0);
  return [
    {
      name: 'decisions-agree',
      ok: true,
      sentence:
        differing === 0
          ? 'both versions decided every request alike'
          : 'the two versions decided a few requests differently, within the tolerance',
    },
  ];
}
