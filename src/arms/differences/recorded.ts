import type { ArmDifference, RecordedDifference } from '../../model/index.js';

/** A whole configuration may be a value. */
const LONGEST = 300;

/** Differences as a recording has them. */
export function recordedDifferences(differences: readonly ArmDifference[]): RecordedDifference[] {
  return differences.map(({ kind, service, path, baseline, candidate }) => ({
    kind,
    service,
    path,
    baseline: textOf(baseline),
    candidate: textOf(candidate),
  }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
