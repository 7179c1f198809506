import {
  ARMS,
  otherArm,
  requestsIn,
  type ArmName,
  type ExperimentSettings,
  type Plan,
  type Round,
  type Trial,
} from '../model/index.js';
import { BRING_UP_SECONDS, CONFIRMATION_WINDOWS } from '../statistics/method.js';
import { planActions } from './actions/plan-actions.js';

/**
 * Every trial that the settings may need: replicates up to the last look, then the confirmation pair. `concurrent` runs
 * both arms of a pair at the same time. `interleaved` runs one arm at a time in the order ABBA, so that a slow change
 * of the host affects both equally.
 * @param rate requests per second to each arm
 */
export function planExperiment(settings: ExperimentSettings, rate: number): Plan {
  const requests = { warmup: requestsIn(settings.warmup, rate), window: requestsIn(settings.window, rate) };
  const round = (trials: readonly Trial[], { warmup, window }: Round['requests']): Round => ({
    trials,
    requests: { warmup, window },
    actions: planActions(settings.actions ?? [], { warmup, window, rate }, requests.window),
    seconds: BRING_UP_SECONDS + (warmup + window) / rate + settings.idleSeconds,
  });
  const last = settings.looks.at(-1) ?? 0;
  const roundsPerReplicate = settings.order === 'concurrent' ? 1 : 2;
  return {
    rounds: Array.from({ length: last }, (_, index) => groups(settings.order, index + 1, 'replicate'))
      .flat()
      .map((trials) => round(trials, requests)),
    looks: settings.looks.map((replicates) => ({ afterRound: replicates * roundsPerReplicate, replicates })),
    confirmation: groups(settings.order, 1, 'confirmation').map((trials) =>
      round(trials, { ...requests, window: requests.window * CONFIRMATION_WINDOWS }),
    ),
    rate,
    idleSeconds: settings.idleSeconds,
  };
}

/** Trials of one replicate, grouped by what runs at the same time. */
function groups(
  order: ExperimentSettings['order'],
  replicate: number,
  purpose: Trial['purpose'],
): readonly (readonly Trial[])[] {
  const trial = (arm: ArmName): Trial => ({
    id: `${purpose === 'confirmation' ? 'c' : 'r'}${replicate}-${arm}`,
    arm,
    replicate,
    purpose,
  });
  if (order === 'concurrent') return [ARMS.map(trial)];
  const first: ArmName = replicate % 2 === 1 ? 'baseline' : 'candidate';
  return [[trial(first)], [trial(otherArm(first))]];
}
