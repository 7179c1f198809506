import type { DecisionDifference, Recording, ValidityCheck } from '../../model/index.js';

/**
 * That the two versions decided alike, label by label, within the tolerance: a version that blocks more does other
 * work.
 */
export function decisionsCheck({ manifest }: Recording, decisions: readonly DecisionDifference[]): ValidityCheck[] {
  if (manifest.trace === null) return [];
  const { decisionTolerance } = manifest.scenario.identity;
  const beyond = decisions.filter(({ differing, requests }) => differing > decisionTolerance * requests);
  const name = 'decisions-agree';
  if (beyond.length > 0) {
    const labels = beyond.map(({ label, differing, requests }) => ({ label, differing, requests }));
    return [{ name, ok: false, said: { code: 'decided-otherwise', facts: { labels, tolerance: decisionTolerance } } }];
  }
  const differing = decisions.reduce((sum, decision) => sum + decision.differing, 0);
  return [
    differing === 0
      ? { name, ok: true, said: { code: 'decided-alike', facts: {} } }
      : { name, ok: true, said: { code: 'decided-almost-alike', facts: { differing } } },
  ];
}
