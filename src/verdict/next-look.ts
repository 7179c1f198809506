import type { TrialPair } from '../evidence/index.js';
import type { Scenario } from '../model/index.js';
import type { Assessment } from '../results/index.js';
import { BRING_UP_SECONDS } from '../statistics/method.js';
import type { Look } from '../procedure/alpha-spending.js';

/** Seconds that one more replicate takes: the same as those so far, or the planned time if none is recorded. */
export function secondsPerReplicate(pairs: readonly TrialPair[], { experiment, traffic }: Scenario): number {
  const took = pairs.map(({ baseline, candidate }) => {
    const [a, b] = [baseline, candidate].map(
      ({ phases, services }) => phases.at(-1)?.to.time ?? services[0]?.time.at(-1) ?? 0,
    ) as [number, number];
    return experiment.order === 'interleaved' ? a + b : Math.max(a, b);
  });
  const spans = [experiment.warmup, experiment.window].map(({ requests, seconds }) =>
    Math.max(seconds, requests / traffic.rate),
  );
  const planned = spans.reduce((sum, span) => sum + span, experiment.idleSeconds);
  return BRING_UP_SECONDS + (took.length > 0 ? Math.max(...took) : planned);
}

/** What remains of the plan after these replicates. */
export function nextLook(
  planned: readonly Look[],
  pairs: readonly TrialPair[],
  scenario: Scenario,
): Assessment['nextLook'] {
  const next = planned.find(({ replicates }) => replicates > pairs.length);
  if (next === undefined) return null;
  const replicates = next.replicates - pairs.length;
  return { replicates, seconds: replicates * secondsPerReplicate(pairs, scenario) };
}
