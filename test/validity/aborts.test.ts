import { describe, expect, it } from 'vitest';
import { decisionDifferences } from '../../src/evidence/decisions.js';
import { ABORTED, type ReplayResult } from '../../src/model/index.js';
import { trafficChecks } from '../../src/validity/traffic.js';
import { recordingOf, replayWith, trialWith } from '../verdict/recordings.js';

const TRACE = { seed: 1, digest: 'abc', requests: 24_750, labels: { get: 24_750 } };

function failed(changes: Partial<ReplayResult>, reached: number): string[] {
  const trials = (['baseline', 'candidate'] as const).map((arm) =>
    trialWith(arm, 1, [], { replay: replayWith(changes), origin: { requests: reached, digest: 'whatever' } }),
  );
  const recording = recordingOf(trials, { stack: { origin: { service: 'origin', port: 80 } } }, TRACE);
  return trafficChecks(recording, trials)
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);
}

describe('planned aborts', () => {
  const half = { answered: 14_750, aborted: 10_000, passedCount: 12_000 };

  it('need no answer, and may or may not have reached the origin', () => {
    expect(failed(half, 12_000)).toEqual([]);
    expect(failed(half, 22_000)).toEqual([]);
    expect(failed(half, 11_999)).toEqual(['origin-agrees']);
    expect(failed(half, 22_001)).toEqual(['origin-agrees']);
  });

  it('do not excuse other missing answers', () => {
    expect(failed({ ...half, answered: 12_000, passedCount: 12_000 }, 12_000)).toEqual(['all-answered']);
  });

  it('have no decisions: neither request by request nor in the counts', () => {
    const pair = (baseline: Partial<ReplayResult>, candidate: Partial<ReplayResult>) =>
      [
        {
          baseline: trialWith('baseline', 1, [], { replay: replayWith(baseline) }),
          candidate: trialWith('candidate', 1, [], { replay: replayWith(candidate) }),
        },
      ] as unknown as Parameters<typeof decisionDifferences>[0];
    const one = pair(
      { statuses: [200, ABORTED, 403], counts: { get: { 200: 1, 403: 1, aborted: 1 } } },
      { statuses: [200, 403, 403], counts: { get: { 200: 1, 403: 1, aborted: 5 } } },
    );
    expect(decisionDifferences(one, [403], {})).toEqual([]);
    expect(decisionDifferences(one, [403], { labels: { names: ['a', 'b', 'c'], of: [0, 1, 2] } })).toEqual([]);
  });
});

it('the pace is measured against the schedule there was', () => {
  expect(failed({ seconds: 400, scheduledSeconds: 398 }, 22_000)).toEqual(['origin-agrees']);
  expect(failed({ seconds: 400, scheduledSeconds: 300 }, 22_000)).toEqual(['pace', 'origin-agrees']);
});
