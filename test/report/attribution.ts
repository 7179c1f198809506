import type { Attribution, Estimate, LabelGrowth } from '../../src/results/index.js';

const estimate = (value: number, width: number): Estimate => ({
  value,
  lower: value - width,
  upper: value + width,
  confidence: 0.95,
});

function labelOf(labels: readonly string[], share: number, baseline: number, candidate: number): LabelGrowth {
  return {
    labels,
    share,
    baseline: estimate(baseline, 90),
    candidate: estimate(candidate, 140),
    difference: estimate(candidate - baseline, 170),
  };
}

/** The growth of one service, divided among three labels. The first one leaks in the candidate. */
export function attributionOf(role: string, [leaking, sound, rare]: readonly [string, string, string]): Attribution {
  const leak = labelOf([leaking], 0.6, 12, 8700);
  const labels = [leak, labelOf([sound], 0.2, -4, 25), labelOf([rare, 'browse'], 0.2, 3, -31)];
  const nothing = { named: [], rest: estimate(4, 60) };
  return {
    role,
    metric: 'unreclaimable_bytes',
    unit: 'bytes/request',
    threshold: 32,
    labels,
    blame: {
      baseline: nothing,
      candidate: { named: [leak], rest: estimate(-3, 80) },
      difference: { named: [leak], rest: estimate(2, 96) },
    },
    exhaustion: [
      {
        arm: 'candidate',
        labels: [leaking],
        ratePerSecond: 200,
        room: { bytes: 2 * 1024 ** 3, source: 'production' },
        seconds: { value: 1234, shortest: 1215, longest: 1254 },
        horizon: { seconds: 2_592_000, stated: true },
        rateLimit: 0.0937,
        growth: estimate(8700, 140),
        sharedBy: 1,
      },
    ],
    said: [
      {
        code: 'labels-grow-more',
        facts: {
          role,
          unit: 'bytes/request',
          named: [{ labels: [leaking], growth: estimate(8688, 170) }],
          rest: { labels: [sound, rare, 'browse'], growth: estimate(2, 96) },
        },
      },
    ],
  };
}
