import { liveCurves, type Cutting, type GatedSubject, type TrialPair } from '../evidence/index.js';
import { LIVE_METRIC, type Scenario } from '../model/index.js';
import { rulesAt, type Alphas } from '../procedure/judge-family.js';
import { liveGrowthOf, liveHeapShows } from '../procedure/live-heap.js';
import type { Finding, ServiceAssessment } from '../results/index.js';
import { raise } from './severity.js';

interface Rule {
  readonly scenario: Scenario;
  readonly alphas: Alphas;
  /** The share of alpha that the last look may spend. */
  readonly weight: number;
}

/**
 * Live heap that surely grows while the verdict on memory is open. Only if requests repeat: otherwise each new cache
 * entry is live heap that grows. Each service has its share of alpha (Bonferroni).
 */
export function liveHeapGrowth(
  gated: readonly GatedSubject[],
  services: readonly ServiceAssessment[],
  pairs: readonly TrialPair[],
  cutting: Cutting,
  { scenario, alphas, weight }: Rule,
): Finding[] {
  const { traffic, gate } = scenario;
  if (traffic.repeat === undefined || weight === 0) return [];
  const judged = gated.filter(({ subject }) => subject.judged);
  return judged.flatMap(({ subject, evidence }) => {
    const { role, unit, margin } = subject;
    const service = services.find((one) => one.role === role);
    const difference = service?.parts?.find(({ metric }) => metric === LIVE_METRIC)?.difference ?? null;
    const curves = evidence === null ? null : liveCurves(subject, pairs, cutting);
    if (service?.outcome === 'fail' || difference === null || evidence === null || curves === null) return [];
    const live = curves.map(({ baseline, candidate }) => liveGrowthOf(baseline, candidate));
    const rules = rulesAt(alphas, weight / judged.length, margin);
    if (!liveHeapShows(live, evidence.floor.requests, 0, rules)) return [];
    return raise('live-heap-grows', gate.findings, {
      service: role,
      arm: 'candidate',
      said: { code: 'live-heap-grows', facts: { role, metric: LIVE_METRIC, unit, difference, margin } },
      value: difference.value,
      threshold: margin,
      unit,
    });
  });
}
