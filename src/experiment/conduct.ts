import { SlopegateError, type Round } from '../model/index.js';
import type { Experiment } from './experiment.js';
import { runRound, type RoundEnd } from './round.js';

/** So many pairs that the host disturbed may be repeated, or half of the planned rounds if that is more. */
const LEAST_REPEATS = 2;

/** What is left of the budget for pairs that the host disturbed. */
interface Repeats {
  readonly most: number;
  used: number;
}

/**
 * Runs the plan until a look decides, the plan ends, or the signal fires. Everything measured goes to the journal;
 * whatever happens, what was brought up is taken down before this returns or throws.
 */
export async function conduct(experiment: Experiment): Promise<void> {
  const { plan, decide } = experiment;
  const repeats: Repeats = { most: Math.max(LEAST_REPEATS, Math.ceil(plan.rounds.length / 2)), used: 0 };
  for (const [index, round] of plan.rounds.entries()) {
    await untilCounted(experiment, round, index, plan.rounds.length, repeats);
    const look = plan.looks.find(({ afterRound }) => afterRound === index + 1);
    if (!look) continue;
    const decision = await decide(look.replicates);
    if (decision === 'stop') return;
    if (decision === 'confirm') {
      await confirm(experiment, repeats);
      await decide(look.replicates);
      return;
    }
  }
}

async function confirm(experiment: Experiment, repeats: Repeats): Promise<void> {
  experiment.onEvent({ type: 'step', text: 'a FAIL is confirmed by a longer fresh pair' });
  const { confirmation } = experiment.plan;
  for (const [index, round] of confirmation.entries())
    await untilCounted(experiment, round, index, confirmation.length, repeats);
}

/** A pair that the host disturbed is set aside and repeated, as long as the budget lasts; then it counts as it is. */
async function untilCounted(
  experiment: Experiment,
  round: Round,
  index: number,
  rounds: number,
  repeats: Repeats,
): Promise<void> {
  for (let time = 0; ; time += 1) {
    const mayRepeat = repeats.used < repeats.most;
    const end = await announced(experiment, again(round, time), index, rounds, mayRepeat);
    if (end === 'counted') return;
    repeats.used += 1;
    const budget = `repeat ${repeats.used} of at most ${repeats.most} in this run`;
    const text = `The host was too busy for this pair: both arms ran late. It is set aside and repeated (${budget}).`;
    experiment.onEvent({ type: 'warning', text });
    experiment.journal.note(`${round.trials.map(({ id }) => id).join(', ')}: ${text}`);
  }
}

/** The same round under names of its own. */
function again(round: Round, time: number): Round {
  if (time === 0) return round;
  const trials = round.trials.map((trial) => {
    const letter = trial.purpose === 'confirmation' ? 'c' : 'r';
    return { ...trial, id: `${letter}${trial.replicate}-again${time}-${trial.arm}` };
  });
  return { ...round, trials };
}

async function announced(
  experiment: Experiment,
  round: Round,
  index: number,
  rounds: number,
  mayRepeat: boolean,
): Promise<RoundEnd> {
  if (experiment.signal.aborted)
    throw new SlopegateError('INTERRUPTED', 'interrupted', {
      hint: 'what was recorded is kept; "slopegate analyze" judges it',
    });
  const nextLook = experiment.plan.looks.find(({ afterRound }) => afterRound > index)?.afterRound ?? rounds;
  const remaining =
    round.trials[0]?.purpose === 'confirmation' ? [round] : experiment.plan.rounds.slice(index, nextLook);
  experiment.onEvent({
    type: 'round-started',
    round: index + 1,
    rounds,
    trials: round.trials.map(({ id }) => id),
    remainingSeconds: remaining.reduce((sum, { seconds }) => sum + seconds, 0),
  });
  return runRound(experiment, round, mayRepeat);
}
