import { ARMS, type ArmName, type TrialRecording } from '../model/index.js';
import type { FailedAnswers, Finding } from '../results/index.js';

/** Statuses from here on say that a server failed. */
const SERVER_FAILED = 500;
/** A smaller share of a label's answers may be what the traffic asks for. */
const LEAST_SHARE = 0.01;

/**
 * Labels for which at least one answer in a hundred says that a server failed, on one version or both: such a request
 * is not the work that the WAF does in production. Statuses that the scenario counts as blocked do not count.
 */
export function serverFailed(trials: readonly TrialRecording[], blocked: readonly number[]): Finding[] {
  const labels = new Set(trials.flatMap(({ replay }) => Object.keys(replay?.counts ?? {})));
  return [...labels].flatMap((label): Finding[] => {
    const arms = ARMS.map((arm) => answersOf(label, arm, trials, blocked));
    const [baseline, candidate] = arms as [Counted, Counted];
    const share = Math.max(...arms.map(({ failed, answered }) => failed / Math.max(1, answered)));
    if (share < LEAST_SHARE) return [];
    const statuses = arms.flatMap((one) => [...one.byStatus]).sort(([, a], [, b]) => b - a);
    const [status = SERVER_FAILED] = statuses[0] ?? [];
    return [
      {
        kind: 'server-failed',
        severity: 'warn',
        service: null,
        arm: null,
        said: {
          code: 'server-failed',
          facts: { label, status, baseline: shown(baseline), candidate: shown(candidate) },
        },
        value: share,
        threshold: LEAST_SHARE,
        unit: 'share',
      },
    ];
  });
}

interface Counted extends FailedAnswers {
  readonly byStatus: ReadonlyMap<number, number>;
}

const shown = ({ failed, answered }: Counted): FailedAnswers => ({ failed, answered });

/** Answers to the requests of a label in all trials of an arm. Requests without an answer have no status. */
function answersOf(
  label: string,
  arm: ArmName,
  trials: readonly TrialRecording[],
  blocked: readonly number[],
): Counted {
  const byStatus = new Map<number, number>();
  let answered = 0;
  for (const { trial, replay } of trials) {
    const counts = replay !== null && Object.hasOwn(replay.counts, label) ? replay.counts[label]! : {};
    for (const [status, requests] of trial.arm === arm ? Object.entries(counts) : []) {
      const code = Number(status);
      if (Number.isNaN(code)) continue;
      answered += requests;
      if (code >= SERVER_FAILED && !blocked.includes(code)) byStatus.set(code, (byStatus.get(code) ?? 0) + requests);
    }
  }
  return { failed: [...byStatus.values()].reduce((sum, requests) => sum + requests, 0), answered, byStatus };
}
