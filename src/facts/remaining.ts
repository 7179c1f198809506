import type { FindingFacts, Result, Worded, WordedCheck, WordedFinding } from '../results/index.js';

/**
 * What was seen in one arm, or differs between the arms independently of the requests. It is valid even if the
 * comparison is not.
 */
const STANDING: readonly (keyof FindingFacts)[] = [
  'container-died',
  'hosts-unlike',
  'trials-alike',
  'acceptance-expired',
  'same-images',
  'near-limit',
  'one-sided',
  'requests-decided-differently',
  'replicates-missing',
  'repeated-after-error',
  'series-missing',
];

/** The findings that a report shows. If the comparison is not valid, only those that do not depend on it. */
export function standingFindings({ verdict: { outcome, assessment } }: Result): readonly WordedFinding[] {
  return outcome === 'invalid'
    ? assessment.findings.filter(({ code }) => STANDING.some((one) => one === code))
    : assessment.findings;
}

/** Whether both have the same code and the same numbers. */
function isSame(one: Worded, other: Worded): boolean {
  return one.code === other.code && JSON.stringify(one.facts) === JSON.stringify(other.facts);
}

const isTold = ({ verdict }: Result, statement: Worded): boolean => verdict.said.some((one) => isSame(one, statement));

/** Failed checks, except those that the verdict's own sentence already names. */
export function remainingFaults(result: Result): readonly WordedCheck[] {
  return result.verdict.assessment.validity.filter((check) => !check.ok && !isTold(result, check));
}

/** Findings to show, except those that the verdict's own sentence already names. */
export function remainingFindings(result: Result): readonly WordedFinding[] {
  return standingFindings(result).filter((finding) => !isTold(result, finding));
}
