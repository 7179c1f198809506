import type { ArmName, Recording, TrialRecording } from '../model/index.js';

/** Both trials of one replicate. */
export interface TrialPair {
  readonly replicate: number;
  readonly baseline: TrialRecording;
  readonly candidate: TrialRecording;
}

export interface Pairing {
  /** Replicates in which both trials went through, by number. */
  readonly complete: readonly TrialPair[];
  readonly leftOut: readonly { readonly replicate: number; readonly reason: string }[];
  /** Confirmation pairs that went through, and why others did not. */
  readonly confirmation: { readonly complete: readonly TrialPair[]; readonly failed: readonly string[] };
}

/** Sorts trials into replicates. Half a pair, or a trial that ended early, is no replicate; the reason is kept. */
export function pairTrials({ trials }: Recording): Pairing {
  const replicates = pairUp(trials.filter(({ trial }) => trial.purpose === 'replicate'));
  const confirmation = pairUp(trials.filter(({ trial }) => trial.purpose === 'confirmation'));
  return {
    ...replicates,
    confirmation: { complete: confirmation.complete, failed: confirmation.leftOut.map(({ reason }) => reason) },
  };
}

function pairUp(trials: readonly TrialRecording[]): Pick<Pairing, 'complete' | 'leftOut'> {
  const numbers = [...new Set(trials.map(({ trial }) => trial.replicate))].sort((a, b) => a - b);
  const complete: TrialPair[] = [];
  const leftOut: { replicate: number; reason: string }[] = [];
  for (const replicate of numbers) {
    const of = (arm: ArmName) => trials.findLast(({ trial }) => trial.replicate === replicate && trial.arm === arm);
    const [baseline, candidate] = [of('baseline'), of('candidate')];
    if (baseline?.complete && candidate?.complete) complete.push({ replicate, baseline, candidate });
    else leftOut.push({ replicate, reason: whyNot(baseline, candidate) });
  }
  return { complete, leftOut };
}

function whyNot(baseline: TrialRecording | undefined, candidate: TrialRecording | undefined): string {
  const reasons = (
    [
      ['baseline', baseline],
      ['candidate', candidate],
    ] as const
  )
    .filter(([, trial]) => !trial?.complete)
    .map(
      ([arm, trial]) =>
        `the ${arm} ${trial === undefined ? 'was not run' : `did not finish${trial.failure === null ? '' : ` (${trial.failure})`}`}`,
    );
  return reasons.join(' and ');
}
