import { ABORTED, type Recording, type ReplayResult, type RequestLabels } from '../model/index.js';
import type { DecisionDifference } from '../results/index.js';
import type { TrialPair } from './replicates.js';

const MOST_EXAMPLES = 10;
/** The label of every request if it is not known which request had which label. */
export const ANY_LABEL = '(any)';

type Decided = 'blocked' | 'passed' | 'failed' | 'none';

/** From this status on, the server itself failed: it neither blocked the request nor let it pass. */
const SERVER_FAILED = 500;

function decisionOf(status: number | undefined, blocked: readonly number[]): Decided {
  if (status === undefined || status === 0) return 'none';
  if (blocked.includes(status)) return 'blocked';
  return status >= SERVER_FAILED ? 'failed' : 'passed';
}

interface Tally {
  requests: number;
  differing: number;
  examples: { index: number; baseline: number; candidate: number }[];
}

/**
 * Requests that the two versions decided differently, in all replicates, by label. If labels are recorded, every
 * request is compared with the same request in the other version. Without labels, requests are still compared, under
 * one label, and each label is compared by its counts (a lower bound).
 */
export function decisionDifferences(
  pairs: readonly TrialPair[],
  blocked: readonly number[],
  { labels, asked = {} }: Pick<Recording, 'labels' | 'asked'>,
): DecisionDifference[] {
  const tallies = new Map<string, Tally>();
  const tally = (label: string): Tally => {
    const known = tallies.get(label) ?? { requests: 0, differing: 0, examples: [] };
    tallies.set(label, known);
    return known;
  };
  for (const { baseline, candidate } of pairs) {
    if (baseline.replay === null || candidate.replay === null) continue;
    compareRequests(baseline.replay, candidate.replay, blocked, labels, tally);
    if (labels === undefined) compareCounts(baseline.replay, candidate.replay, blocked, tally);
  }
  const withRequest = (example: Tally['examples'][number]) => ({
    ...example,
    ...(asked[example.index] === undefined ? {} : { request: asked[example.index] as string }),
  });
  return [...tallies]
    .filter(([, { differing }]) => differing > 0)
    .map(([label, { examples, ...found }]) => ({ label, ...found, examples: examples.map(withRequest) }));
}

function compareRequests(
  baseline: ReplayResult,
  candidate: ReplayResult,
  blocked: readonly number[],
  labels: RequestLabels | undefined,
  tally: (label: string) => Tally,
): void {
  const byPlace = labels?.names.map(tally);
  const length = Math.max(baseline.statuses.length, candidate.statuses.length);
  for (let index = 0; index < length; index += 1) {
    const one = baseline.statuses[index];
    const other = candidate.statuses[index];
    // The client hung up, so there is no decision to compare.
    if (one === ABORTED || other === ABORTED) continue;
    const found = byPlace?.[labels?.of[index] ?? -1] ?? tally(ANY_LABEL);
    found.requests += 1;
    if (one === other || decisionOf(one, blocked) === decisionOf(other, blocked)) continue;
    found.differing += 1;
    if (found.examples.length < MOST_EXAMPLES && found.examples.every((example) => example.index !== index))
      found.examples.push({ index, baseline: one ?? 0, candidate: other ?? 0 });
  }
}

function compareCounts(
  baseline: ReplayResult,
  candidate: ReplayResult,
  blocked: readonly number[],
  tally: (label: string) => Tally,
): void {
  for (const label of new Set([...Object.keys(baseline.counts), ...Object.keys(candidate.counts)])) {
    const [one, other] = [
      byDecision(baseline.counts[label] ?? {}, blocked),
      byDecision(candidate.counts[label] ?? {}, blocked),
    ];
    const found = tally(label);
    found.requests += Math.max(one.total, other.total);
    found.differing += Math.max(
      Math.abs(one.blocked - other.blocked),
      Math.abs(one.passed - other.passed),
      Math.abs(one.failed - other.failed),
      Math.abs(one.none - other.none),
    );
  }
}

function byDecision(
  counts: Readonly<Record<string, number>>,
  blocked: readonly number[],
): Record<Decided | 'total', number> {
  const sums = { blocked: 0, passed: 0, failed: 0, none: 0, total: 0 };
  for (const [status, number] of Object.entries(counts)) {
    if (status === 'aborted') continue;
    sums[decisionOf(Number(status) || undefined, blocked)] += number;
    sums.total += number;
  }
  return sums;
}
