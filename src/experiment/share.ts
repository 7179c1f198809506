import type { Plan } from '../model/index.js';

/** One pair of a plan that several machines share: a replicate by its number, or the longer pair that confirms. */
export interface Share {
  readonly pair: number | 'confirmation';
  /** Replicates of the whole plan. */
  readonly of: number;
}

/** The part of a plan that is one share. It is judged once, after its pair. */
export function planOfShare(plan: Plan, { pair }: Share): Plan {
  const rounds =
    pair === 'confirmation'
      ? plan.confirmation
      : plan.rounds.filter(({ trials }) => trials.some(({ replicate }) => replicate === pair));
  return { ...plan, rounds, looks: [{ afterRound: rounds.length, replicates: 1 }], confirmation: [] };
}
