import { ARMS, type ArmName, type Recording, type TrialRecording } from '../model/index.js';
import type { LeftOutReplicate } from '../results/index.js';

/** Both trials of one replicate. */
export interface TrialPair {
  readonly replicate: number;
  readonly baseline: TrialRecording;
  readonly candidate: TrialRecording;
}

export interface Pairing {
  /** Replicates with two completed trials, by number. */
  readonly complete: readonly TrialPair[];
  readonly leftOut: readonly LeftOutReplicate[];
  /** Confirmation pairs that were completed, and those that were not. */
  readonly confirmation: { readonly complete: readonly TrialPair[]; readonly failed: readonly LeftOutReplicate[] };
}

/** Sorts trials into replicates. Half a pair, or a trial that ended early, is not a replicate. The reason is kept. */
export function pairTrials({ trials }: Recording): Pairing {
  const replicates = pairUp(trials.filter(({ trial }) => trial.purpose === 'replicate'));
  const confirmation = pairUp(trials.filter(({ trial }) => trial.purpose === 'confirmation'));
  return {
    ...replicates,
    confirmation: { complete: confirmation.complete, failed: confirmation.leftOut },
  };
}

function pairUp(trials: readonly TrialRecording[]): Pick<Pairing, 'complete' | 'leftOut'> {
  const byNumber = new Map<number, Partial<Record<ArmName, TrialRecording>>>();
  for (const one of trials) {
    const { replicate, arm } = one.trial;
    byNumber.set(replicate, { ...byNumber.get(replicate), [arm]: one });
  }
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  const complete: TrialPair[] = [];
  const leftOut: LeftOutReplicate[] = [];
  for (const replicate of numbers) {
    const { baseline, candidate } = byNumber.get(replicate) ?? {};
    if (baseline?.complete && candidate?.complete) complete.push({ replicate, baseline, candidate });
    else leftOut.push({ replicate, trials: unfinished({ baseline, candidate }) });
  }
  return { complete, leftOut };
}

function unfinished(
  trials: Readonly<Record<ArmName, TrialRecording | undefined>>,
): LeftOutReplicate['trials'][number][] {
  return ARMS.filter((arm) => !trials[arm]?.complete).map((arm) => {
    const { failure = null, setAside } = trials[arm] ?? {};
    return { arm, run: trials[arm] !== undefined, failure, ...(setAside && { setAside }) };
  });
}
