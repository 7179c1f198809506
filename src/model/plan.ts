import type { Trial } from './recording.js';

/** One step of the experiment: trials that run side by side. */
export interface Round {
  readonly trials: readonly Trial[];
}

/** Every trial the experiment may need, in order, with the looks at which it may stop. */
export interface Plan {
  readonly rounds: readonly Round[];
  /** Rounds done → replicates complete → a look is taken. */
  readonly looks: readonly { readonly afterRound: number; readonly replicates: number; readonly weight: number }[];
  readonly requests: { readonly warmup: number; readonly window: number };
  readonly rate: number;
  readonly idleSeconds: number;
  /** Estimated seconds of one round, for progress and advice. */
  readonly secondsPerRound: number;
}
