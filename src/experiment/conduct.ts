import { SlopegateError, type Round } from '../model/index.js';
import { isDisturbed, mostRepeats, type TrialEnd } from './disturbance.js';
import { NO_EARLIER_PAIRS, type EarlierPair } from './earlier.js';
import type { Experiment } from './experiment.js';
import { repeatOf, pairsOf, type Pair } from './pairs.js';
import { runRound, type RoundEnd } from './round.js';

/** How many more pairs may be repeated because the host disturbed them. */
interface Repeats {
  readonly most: number;
  used: number;
}

/**
 * Runs the plan until a look decides, the plan ends, or the signal fires. Pairs that an earlier part of the run
 * completed are not run again. Everything measured goes to the journal. All containers are removed before this returns
 * or throws.
 */
export async function conduct(experiment: Experiment): Promise<void> {
  const { plan, decide } = experiment;
  const pairs = pairsOf(plan.rounds);
  const repeats: Repeats = {
    most: mostRepeats(pairs.length),
    used: (experiment.earlier ?? NO_EARLIER_PAIRS).setAside,
  };
  const isDone = (pair: Pair | undefined): boolean =>
    pair !== undefined && earlierOf(experiment, pair)?.counts === true;
  for (const [index, pair] of pairs.entries()) {
    const isFirst = index === 0 && experiment.earlier === undefined;
    if (!isDone(pair)) await untilCounted(experiment, pair, repeats, isFirst);
    const look = plan.looks.find(({ replicates }) => replicates === index + 1);
    // If an earlier part of the run went on after this look, the look has been taken.
    if (!look || isDone(pairs[index + 1])) continue;
    const decision = await decide(look.replicates);
    if (decision === 'stop') return;
    if (decision === 'confirm') {
      experiment.onEvent({ type: 'step', text: 'confirming the FAIL with a longer pair' });
      for (const confirming of pairsOf(plan.confirmation))
        if (!isDone(confirming)) await untilCounted(experiment, confirming, repeats);
      await decide(look.replicates);
      return;
    }
  }
}

function earlierOf({ earlier = NO_EARLIER_PAIRS }: Experiment, { purpose, replicate }: Pair): EarlierPair | undefined {
  return earlier.pairs.find((one) => one.purpose === purpose && one.replicate === replicate);
}

/**
 * A pair that the host disturbed is set aside and repeated while repetitions are left. After that, it counts as it is.
 * @throws SlopegateError TOO_LATE if a load was too late to go on and the pair is not repeated
 */
async function untilCounted(experiment: Experiment, pair: Pair, repeats: Repeats, checksRate = false): Promise<void> {
  const { journal, scenario, onEvent } = experiment;
  const earlier = earlierOf(experiment, pair);
  for (const id of earlier?.halves ?? []) journal.setAside(id, { code: 'interrupted' });
  for (let time = earlier?.attempts ?? 0; ; time += 1) {
    const { ends, tooLate } = await runPair(experiment, pair, time, checksRate && time === 0);
    if (repeats.used >= repeats.most || !isDisturbed(ends, scenario.identity.paceTolerance)) {
      if (tooLate !== null) throw tooLate;
      return;
    }
    repeats.used += 1;
    for (const { trial, lateness, host } of ends) journal.setAside(trial.id, { code: 'disturbed', lateness, host });
    onEvent({
      type: 'pair-set-aside',
      trials: ends.map(({ trial }) => trial.id),
      lateness: ends.map(({ lateness }) => lateness),
      host: ends.map(({ host }) => host),
      repeat: repeats.used,
      most: repeats.most,
    });
  }
}

/** Runs the rounds of a pair until they are done or a load is too late to go on. @param time 0 for the first time */
async function runPair(experiment: Experiment, pair: Pair, time: number, checksRate: boolean): Promise<RoundEnd> {
  const ends: TrialEnd[] = [];
  for (const [place, round] of pair.rounds.entries()) {
    const end = await announced(experiment, repeatOf(round, time), checksRate && place === 0);
    ends.push(...end.ends);
    if (end.tooLate !== null) return { ends, tooLate: end.tooLate };
  }
  return { ends, tooLate: null };
}

async function announced(experiment: Experiment, round: Round, checksRate: boolean): Promise<RoundEnd> {
  if (experiment.signal.aborted)
    throw new SlopegateError('INTERRUPTED', 'interrupted', {
      hint: 'the recording is kept; "slopegate analyze" judges it',
    });
  const { rounds, looks, confirmation } = experiment.plan;
  const confirming = round.trials[0]?.purpose === 'confirmation';
  const among = confirming ? confirmation : rounds;
  const index = among.findIndex(({ trials }) =>
    trials.some(({ arm, replicate }) => arm === round.trials[0]?.arm && replicate === round.trials[0].replicate),
  );
  const nextLook = looks.find(({ afterRound }) => afterRound > index)?.afterRound ?? rounds.length;
  const remaining = confirming ? among.slice(index) : rounds.slice(index, nextLook);
  experiment.onEvent({
    type: 'round-started',
    round: index + 1,
    rounds: among.length,
    trials: round.trials.map(({ id }) => id),
    remainingSeconds: remaining.reduce((sum, { seconds }) => sum + seconds, 0),
  });
  return runRound(experiment, round, checksRate);
}
