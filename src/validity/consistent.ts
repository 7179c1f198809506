import { ABORTED, type TrialPhase, type Recording, type ReplayResult, type TrialRecording } from '../model/index.js';
import type { CheckStatement, Contradiction, ValidityCheck } from '../results/index.js';

/** The clocks of the replay and of the readings begin at different moments, seconds. */
const CLOCK_SECONDS = 2;

/**
 * Checks that what one trial says in several places of its recording is the same everywhere. If it is not, nobody
 * knows which place is true.
 */
export function consistencyCheck({ manifest }: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (manifest.trace === null || trials.length === 0) return [];
  const name = 'record-consistent';
  for (const trial of trials) {
    const found = contradictionIn(trial);
    if (found !== null) {
      const said: CheckStatement = { code: 'record-contradicts', facts: { trial: trial.trial.id, ...found } };
      return [{ name, ok: false, said }];
    }
  }
  return [{ name, ok: true, said: { code: 'record-consistent', facts: {} } }];
}

function contradictionIn({ replay, phases, services }: TrialRecording): Contradiction | null {
  const inPhases = phaseContradiction(phases);
  if (inPhases !== null || replay === null) return inPhases;
  const { sent, answered, passedCount, aborted = 0, seconds, lateness, latency, latencyInWindow } = replay;
  const end = phases.find(({ name }) => name === 'window')?.to;
  const inWindow = latencyInWindow === undefined ? [] : [latencyInWindow.whole, ...latencyInWindow.thirds];
  const times = [lateness, latency, ...inWindow];
  // If a version no longer answers, requests may leave after its last answer.
  const longest = Math.max(seconds, ...services.map(({ time }) => time.at(-1) ?? 0)) + CLOCK_SECONDS;
  return (
    statusContradiction(replay) ??
    beyond('answers-beyond-requests', answered + aborted, sent) ??
    beyond('passed-beyond-answers', passedCount, answered) ??
    beyond('window-beyond-answers', end?.requests ?? 0, answered + aborted) ??
    beyond('late-beyond-trial', Math.max(...times.flatMap((spread) => Object.values(spread))) / 1000, longest)
  );
}

const beyond = (what: Contradiction['what'], told: number, most: number): Contradiction | null =>
  told > most ? { what, told, other: most } : null;

/** Phases follow one another, in time and in requests. */
function phaseContradiction(phases: readonly TrialPhase[]): Contradiction | null {
  const edges = phases.flatMap(({ from, to }) => [from, to]);
  for (const [index, edge] of edges.entries()) {
    const before = edges[index - 1];
    if (before === undefined) continue;
    if (edge.time < before.time) return { what: 'time-backwards', told: edge.time, other: before.time };
    if (edge.requests < before.requests)
      return { what: 'requests-backwards', told: edge.requests, other: before.requests };
  }
  return null;
}

/** Answers are counted twice: by label and status, and request by request. */
function statusContradiction({ counts, statuses, planned }: ReplayResult): Contradiction | null {
  // Where the list is not whole, another check says so.
  if (statuses.length !== planned) return null;
  const [byLabel, byRequest] = [new Map<number, number>(), new Map<number, number>()];
  const add = (tally: Map<number, number>, status: number, requests: number): void =>
    void tally.set(status, (tally.get(status) ?? 0) + requests);
  for (const ofLabel of Object.values(counts))
    for (const [status, requests] of Object.entries(ofLabel)) add(byLabel, statusOf(status), requests);
  for (let index = 0; index < statuses.length; index += 1) add(byRequest, statuses[index] as number, 1);
  for (const status of new Set([...byLabel.keys(), ...byRequest.keys()])) {
    const [told, other] = [byLabel.get(status) ?? 0, byRequest.get(status) ?? 0];
    // A request that was never sent has no answer either, and no label counts it.
    if (status === NO_ANSWER ? told > other : told !== other) return { what: 'statuses-differ', told, other };
  }
  return null;
}

const NO_ANSWER = 0;

/** `none` and `closed` are requests without an answer. */
const statusOf = (name: string): number => (name === 'aborted' ? ABORTED : Number(name) || NO_ANSWER);
