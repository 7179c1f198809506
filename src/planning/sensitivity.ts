import { planExperiment } from '../experiment/index.js';
import { mayNeedLongerPair, type Scenario } from '../model/index.js';
import { detectableExcess } from '../procedure/design-power.js';
import { ALLOCATOR_QUANTUM_BYTES } from '../statistics/method.js';
import type { Noise } from './noise.js';

/** What one look of a design can tell, with a probability of 80 %. */
export interface LookSensitivity {
  /** Replicates at which the design looks: at this look and at all looks. */
  readonly looks: readonly number[];
  readonly replicates: number;
  readonly windowSeconds: number;
  readonly windowRequests: number;
  /** Test time up to this look, without the confirmation pair. */
  readonly seconds: number;
  readonly confirmationSeconds: number;
  /** Spread of a replicate's difference, and the floor under it, bytes per request. */
  readonly deviation: number;
  readonly floor: number;
  readonly margin: number;
  /** True difference that fails with this probability, bytes per request. */
  readonly detectable: number;
  /** Margin at which two equal versions pass with this probability; infinite if requests repeat: then none passes. */
  readonly passable: number;
}

/** Every look of the scenario's design. */
export function sensitivityOf({ experiment, traffic, gate }: Scenario, noise: Noise): LookSensitivity[] {
  const plan = planExperiment(experiment, traffic.rate);
  const windowRequests = plan.rounds[0]?.requests.window ?? 0;
  const windowSeconds = windowRequests / traffic.rate;
  const deviation = noise.at(windowSeconds);
  const floor = ALLOCATOR_QUANTUM_BYTES / windowRequests;
  const stepsKnown = gate.prior === 'steps';
  return plan.looks.map(({ replicates, afterRound }, index) => {
    const weight = gate.lookWeights[index] ?? 1 / plan.looks.length;
    const excess = (alpha: number): number =>
      detectableExcess({
        replicates,
        alpha: alpha * weight,
        deviation,
        ...(stepsKnown && replicates > 2 ? { floor: 0, known: floor } : { floor, known: 0 }),
      });
    return {
      looks: experiment.looks,
      replicates,
      windowSeconds,
      windowRequests,
      seconds: total(plan.rounds.slice(0, afterRound)),
      confirmationSeconds: mayNeedLongerPair(gate) ? total(plan.confirmation) : 0,
      deviation,
      floor,
      margin: gate.marginBytesPerRequest,
      detectable: gate.marginBytesPerRequest + excess(gate.alpha.fail),
      passable: traffic.repeat === undefined ? excess(gate.alpha.pass) : Infinity,
    };
  });
}

const total = (rounds: readonly { readonly seconds: number }[]): number =>
  rounds.reduce((sum, { seconds }) => sum + seconds, 0);
