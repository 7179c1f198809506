import type { Round, Trial } from '../model/index.js';

/** The rounds of one replicate: one if both arms run at the same time, two if they run one after the other. */
export interface Pair {
  readonly purpose: Trial['purpose'];
  readonly replicate: number;
  readonly rounds: readonly Round[];
}

/** Rounds in the order of the plan, grouped by replicate. */
export function pairsOf(rounds: readonly Round[]): readonly Pair[] {
  const pairs: (Pair & { readonly rounds: Round[] })[] = [];
  for (const round of rounds) {
    const { purpose, replicate } = round.trials[0]!;
    const last = pairs.at(-1);
    if (last?.purpose === purpose && last.replicate === replicate) last.rounds.push(round);
    else pairs.push({ purpose, replicate, rounds: [round] });
  }
  return pairs;
}

/** The same round under new names, for another repetition of its pair. @param time 0 for the first time */
export function repeatOf(round: Round, time: number): Round {
  if (time === 0) return round;
  const trials = round.trials.map((trial) => {
    const letter = trial.purpose === 'confirmation' ? 'c' : 'r';
    return { ...trial, id: `${letter}${trial.replicate}-again${time}-${trial.arm}` };
  });
  return { ...round, trials };
}
