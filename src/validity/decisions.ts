import { ABORTED, type Recording, type TrialRecording } from '../model/index.js';
import type { CheckStatement, DecisionDifference, ValidityCheck } from '../results/index.js';

/**
 * Checks that the two versions made the same decisions, label by label, within the tolerance. A version that blocks
 * more does other work.
 */
export function decisionsCheck(
  { manifest }: Recording,
  decisions: readonly DecisionDifference[],
  trials: readonly TrialRecording[],
): ValidityCheck[] {
  if (manifest.trace === null || trials.length === 0) return [];
  const { decisionTolerance } = manifest.scenario.identity;
  const unknown = trials.map(unknownIn).find((said) => said !== null);
  const beyond = decisions.filter(({ differing, requests }) => differing > decisionTolerance * requests);
  const name = 'decisions-agree';
  if (unknown !== undefined) return [{ name, ok: false, said: unknown }];
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

/** If the answers were not recorded, nothing was compared. Then the absence of differences means nothing. */
function unknownIn({ trial: { id: trial }, replay }: TrialRecording): CheckStatement | null {
  if (replay === null) return { code: 'nothing-on-record', facts: { trial } };
  const { planned, answered, statuses } = replay;
  const onRecord = statuses.length === planned ? answeredIn(statuses) : statuses.length;
  return statuses.length === planned && onRecord === answered
    ? null
    : { code: 'decisions-unknown', facts: { trial, statuses: onRecord, planned } };
}

function answeredIn(statuses: ArrayLike<number>): number {
  let answered = 0;
  for (let index = 0; index < statuses.length; index += 1) if ((statuses[index] as number) > ABORTED) answered += 1;
  return answered;
}
