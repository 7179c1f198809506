import type { Outcome } from '../model/index.js';
import type { Estimate, Result, WordedService } from '../results/index.js';
import { assessmentName } from './services.js';

/** One service in two runs. Null where a run has not judged it. */
export interface ServiceChange {
  readonly name: string;
  readonly unit: string;
  readonly outcomes: readonly [Outcome | null, Outcome | null];
  readonly differences: readonly [Estimate | null, Estimate | null];
  /** Whether the intervals of the two differences have no value in common; null if one of them is not known. */
  readonly apart: boolean | null;
}

/** What two runs say of each judged service, in the order of the first run. */
export function serviceChanges(one: Result, other: Result): readonly ServiceChange[] {
  const [first, second] = [judgedBy(one), judgedBy(other)];
  return [...new Set([...first.keys(), ...second.keys()])].map((name) => {
    const [before, after] = [first.get(name) ?? null, second.get(name) ?? null];
    const comparable = before === null || after === null || before.unit === after.unit;
    return {
      name,
      unit: (before ?? after)?.unit ?? '',
      outcomes: [before?.outcome ?? null, after?.outcome ?? null],
      differences: [before?.difference ?? null, after?.difference ?? null],
      apart: comparable ? areApart(before?.difference ?? null, after?.difference ?? null) : null,
    };
  });
}

const judgedBy = ({ verdict }: Result): ReadonlyMap<string, WordedService> =>
  new Map(
    verdict.assessment.services.filter(({ judged }) => judged).map((service) => [assessmentName(service), service]),
  );

function areApart(one: Estimate | null, other: Estimate | null): boolean | null {
  if (one === null || other === null) return null;
  return one.upper < other.lower || other.upper < one.lower;
}
