import type { ArmName } from './arm.js';
import type { Trial } from './recording.js';
import type { Step } from './step.js';

/** A step that is done on every arm of a round when this many requests were sent. */
export interface PlannedAction {
  readonly due: number;
  readonly step: Step;
  /** The one arm on which it is done; absent for all arms of the round. */
  readonly only?: ArmName;
}

/** Trials that run at the same time, each on fresh containers. */
export interface Round {
  readonly trials: readonly Trial[];
  /** Requests sent to each arm before the judged window, and in it. */
  readonly requests: { readonly warmup: number; readonly window: number };
  /** What is done under load, each with the request at which it is due. */
  readonly actions: readonly PlannedAction[];
  /** Estimated seconds, for progress and advice. */
  readonly seconds: number;
}

/** Every trial that the experiment may need, in order, with the points at which it may stop. */
export interface Plan {
  readonly rounds: readonly Round[];
  /** After how many rounds the evidence is judged. */
  readonly looks: readonly { readonly afterRound: number; readonly replicates: number }[];
  /** The longer fresh pair that confirms a FAIL. */
  readonly confirmation: readonly Round[];
  readonly rate: number;
  readonly idleSeconds: number;
}
