import { requestsIn, type ArmName, type Round, type Scenario, type Trial } from '../model/index.js';
import { remedyName } from '../words/remedy-test.js';
import type { RemedyWish } from './remedy-wish.js';

/** Names of the two trials: the candidate with the remedy, and the same candidate without it. */
export const TREATED = 'with-remedy';
export const UNTREATED = 'without-remedy';

/** The candidate without the remedy is left out if it would come nearer to its limit than this share. */
const NEAR_LIMIT = 0.9;
/** How long one application may take, seconds. */
const APPLICATION_SECONDS = 60;

/** One load for both copies. Both get every request; the remedy is applied to one of them. */
export function remedyRound(scenario: Scenario, { remedy, plan, computed }: RemedyWish): Round {
  const { rate } = scenario.traffic;
  const warmup = requestsIn(scenario.experiment.warmup, rate);
  const distance = Math.max(1, Math.round(plan.every * rate));
  const window = distance * (plan.applications + 1);
  const trial = (arm: ArmName, id: string): Trial => ({ id, arm, replicate: 1, purpose: 'replicate' });
  const { limit, start, growth } = computed;
  const grows = start + growth * (warmup + window);
  const alone = limit.source === 'limit' && grows >= NEAR_LIMIT * limit.bytes;
  const step = { ...stepOf(remedy), name: remedyName(remedy), timeoutSeconds: APPLICATION_SECONDS };
  return {
    trials: [...(alone ? [] : [trial('baseline', UNTREATED)]), trial('candidate', TREATED)],
    requests: { warmup, window },
    actions: Array.from({ length: plan.applications }, (_, i) => ({
      due: warmup + (i + 1) * distance,
      step,
      only: 'candidate' as const,
    })),
    seconds: (warmup + window) / rate,
  };
}

function stepOf({ kind, service, detail }: RemedyWish['remedy']) {
  if (kind === 'restart') return { kind, service } as const;
  if (kind === 'signal') return { kind, service, signal: detail ?? '' } as const;
  const command = ['sh', '-c', detail ?? ''];
  return { kind: 'exec', service, command, user: null, capture: {} } as const;
}
