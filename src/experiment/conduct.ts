import { SlopegateError, type Round } from '../model/index.js';
import type { Experiment } from './experiment.js';
import { runRound } from './round.js';

/**
 * Runs the plan until a look decides, the plan ends, or the signal fires. Everything measured goes to the journal;
 * whatever happens, what was brought up is taken down before this returns or throws.
 */
export async function conduct(experiment: Experiment): Promise<void> {
  const { plan, decide } = experiment;
  for (const [index, round] of plan.rounds.entries()) {
    await announced(experiment, round, index, plan.rounds.length);
    const look = plan.looks.find(({ afterRound }) => afterRound === index + 1);
    if (!look) continue;
    const decision = await decide(look.replicates);
    if (decision === 'stop') return;
    if (decision === 'confirm') {
      await confirm(experiment);
      await decide(look.replicates);
      return;
    }
  }
}

async function confirm(experiment: Experiment): Promise<void> {
  experiment.onEvent({ type: 'step', text: 'a FAIL is confirmed by a longer fresh pair' });
  for (const [index, round] of experiment.plan.confirmation.entries()) {
    await announced(experiment, round, index, experiment.plan.confirmation.length);
  }
}

async function announced(experiment: Experiment, round: Round, index: number, rounds: number): Promise<void> {
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
  await runRound(experiment, round);
}
