import type { Result, Told, ToldCheck, ToldFinding } from '../../model/index.js';

/** The same statement: its code and its numbers. */
function isSame(one: Told, other: Told): boolean {
  return one.code === other.code && JSON.stringify(one.facts) === JSON.stringify(other.facts);
}

const isTold = ({ verdict }: Result, statement: Told): boolean => verdict.said.some((one) => isSame(one, statement));

/** Checks that failed, but for those that the verdict's own sentence tells. */
export function remainingFaults(result: Result): readonly ToldCheck[] {
  return result.verdict.assessment.validity.filter((check) => !check.ok && !isTold(result, check));
}

/** Findings, but for those that the verdict's own sentence tells. */
export function remainingFindings(result: Result): readonly ToldFinding[] {
  return result.verdict.assessment.findings.filter((finding) => !isTold(result, finding));
}
