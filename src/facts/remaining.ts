import type { FindingFacts, Result, Told, ToldCheck, ToldFinding } from '../model/index.js';

/** What was seen in one arm, or differs between the two whatever was sent: it stands where the comparison does not. */
const STANDING: readonly (keyof FindingFacts)[] = [
  'container-died',
  'hosts-unlike',
  'trials-alike',
  'near-limit',
  'one-sided',
  'requests-decided-differently',
  'replicates-missing',
  'series-missing',
];

/** The findings that a report shows: where the comparison is not valid, only what does not rest on it. */
export function standingFindings({ verdict: { outcome, assessment } }: Result): readonly ToldFinding[] {
  return outcome === 'invalid'
    ? assessment.findings.filter(({ code }) => STANDING.some((one) => one === code))
    : assessment.findings;
}

/** The same statement: its code and its numbers. */
function isSame(one: Told, other: Told): boolean {
  return one.code === other.code && JSON.stringify(one.facts) === JSON.stringify(other.facts);
}

const isTold = ({ verdict }: Result, statement: Told): boolean => verdict.said.some((one) => isSame(one, statement));

/** Checks that failed, but for those that the verdict's own sentence tells. */
export function remainingFaults(result: Result): readonly ToldCheck[] {
  return result.verdict.assessment.validity.filter((check) => !check.ok && !isTold(result, check));
}

/** Findings to show, but for those that the verdict's own sentence tells. */
export function remainingFindings(result: Result): readonly ToldFinding[] {
  return standingFindings(result).filter((finding) => !isTold(result, finding));
}
