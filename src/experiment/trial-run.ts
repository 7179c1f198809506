import type { PlannedAction, RunningStack, Trace, Trial } from '../model/index.js';
import type { TrialEnd } from './disturbance.js';
import type { Experiment } from './experiment.js';

/** One arm of a round, started and ready for its load. */
export interface TrialRun {
  readonly experiment: Experiment;
  readonly trial: Trial;
  readonly stack: RunningStack;
  readonly trace: Trace;
  readonly warmup: number;
  readonly actions: readonly PlannedAction[];
  /** Resolves when the other arm of the round is ready too. */
  readonly start: () => Promise<void>;
  /** Called once when the warm-up is over, with the seconds by which the load is behind its schedule. */
  readonly onWarm: (behind: number) => void;
  /** Called if the load ended before its schedule, with how late it was then. */
  readonly onCutOff: (end: TrialEnd) => void;
  readonly signal: AbortSignal;
}
