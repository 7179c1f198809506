import type { TrialPhase, TrialPhaseName } from '../model/index.js';
import type { TrialRun } from './trial-run.js';

/** Records where each phase of a trial began and ended. */
export interface PhaseRecorder {
  /** Ends the current phase and begins this one. */
  enter(name: TrialPhaseName): void;
  close(): void;
}

export function phaseRecorder(
  { experiment, trial }: TrialRun,
  elapsed: () => number,
  answered: () => number,
): PhaseRecorder {
  let current: { name: TrialPhaseName; from: TrialPhase['from'] } | null = null;
  const here = (): TrialPhase['from'] => ({ time: elapsed(), requests: answered() });
  const close = (): void => {
    if (current) experiment.journal.phase(trial.id, { ...current, to: here() });
    current = null;
  };
  return {
    close,
    enter: (name) => {
      close();
      current = { name, from: here() };
      experiment.onEvent({ type: 'phase', arm: trial.arm, trial: trial.id, phase: name });
    },
  };
}
