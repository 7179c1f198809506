import { ABORTED, type Recording, type TrialRecording } from '../model/index.js';
import type { CheckStatement, ValidityCheck } from '../results/index.js';

/** Answers from here on say that a server failed. */
const SERVER_FAILED = 500;
/** With more of them, the traffic was not the one that was meant. */
const MOST_FAILED = 0.2;

/**
 * Checks that the requests were served. If more than a fifth of the answers say that a server failed, both versions may
 * have failed alike, and neither did the work that it does in production. Statuses that mean a block in the scenario do
 * not count here.
 */
export function servedCheck({ manifest }: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (manifest.trace === null || trials.length === 0) return [];
  const { blockedStatuses } = manifest.scenario.traffic;
  const name = 'answers-served';
  const said = trials.map((trial) => failedIn(trial, blockedStatuses)).find((one) => one !== null);
  return said === undefined
    ? [{ name, ok: true, said: { code: 'answers-served', facts: {} } }]
    : [{ name, ok: false, said }];
}

function failedIn({ trial: { id: trial }, replay }: TrialRecording, blocked: readonly number[]): CheckStatement | null {
  const failures = new Map<number, number>();
  let answered = 0;
  for (const status of Array.from(replay?.statuses ?? [])) {
    if (status > ABORTED) answered += 1;
    if (status >= SERVER_FAILED && !blocked.includes(status)) failures.set(status, (failures.get(status) ?? 0) + 1);
  }
  const failed = [...failures.values()].reduce((sum, requests) => sum + requests, 0);
  const [most] = [...failures].sort(([, a], [, b]) => b - a);
  if (most === undefined || failed <= MOST_FAILED * answered) return null;
  return { code: 'answers-failed', facts: { trial, failed, answered, status: most[0] } };
}
