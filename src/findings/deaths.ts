import type { Role, Window } from '../evidence/index.js';
import type { ContainerEvent, Severity, TrialRecording } from '../model/index.js';
import type { Death, Finding, ValidityCheck } from '../results/index.js';
import { actionBehind } from '../validity/index.js';
import { raise } from './severity.js';

/** Length of a log's last line in a sentence; the report has the whole line. */
const LINE_CHARACTERS = 200;

/**
 * Ends of processes that make a trial unusable: a death at any time, or a process replaced inside the window without an
 * action.
 */
function deathsIn(trial: TrialRecording, window: Window | null): ContainerEvent[] {
  // Observation ends before a trial is removed, so what ended until then ended by itself. A container that vanished was
  // removed by somebody.
  const telling = (event: ContainerEvent): boolean => trial.complete || event.kind !== 'vanished';
  return trial.events.filter(
    (event) =>
      telling(event) &&
      (event.kind !== 'process-replaced' ||
        (window !== null &&
          event.time > window.from &&
          event.time <= window.to &&
          actionBehind(trial, event) === null)),
  );
}

export interface Deaths {
  readonly findings: readonly Finding[];
  readonly check: ValidityCheck;
}

/**
 * What the deaths of judged containers mean. If only the candidate died, that is a finding against it. If the baseline
 * died, or both, the comparison is invalid, because the reference did not survive either.
 */
export function judgeDeaths(
  trials: readonly TrialRecording[],
  roles: readonly Role[],
  windowOf: (trial: TrialRecording) => Window | null,
  severities: Readonly<Record<string, Severity>>,
): Deaths {
  const deaths = trials.flatMap((trial) =>
    deathsIn(trial, windowOf(trial)).flatMap((event): Death[] => {
      const role = roles.find(({ judged, services }) => judged && services[trial.trial.arm].includes(event.service));
      return role === undefined ? [] : [deathOf(role.role, trial, event)];
    }),
  );
  const name = 'containers-lived';
  const death = deaths.find(({ arm }) => arm === 'baseline');
  if (death !== undefined) {
    const candidateToo = deaths.some(({ arm }) => arm === 'candidate');
    return {
      findings: [],
      check: { name, ok: false, said: { code: 'baseline-died', facts: { death, candidateToo } } },
    };
  }
  const kinds = new Map<string, Death[]>();
  for (const one of deaths)
    kinds.set(`${one.role} ${one.kind}`, [...(kinds.get(`${one.role} ${one.kind}`) ?? []), one]);
  return {
    findings: [...kinds.values()].flatMap(([first, ...more]) =>
      first === undefined ? [] : findingOf(first, more.length + 1, severities),
    ),
    check: { name, ok: true, said: { code: deaths.length === 0 ? 'containers-lived' : 'baseline-lived', facts: {} } },
  };
}

function deathOf(role: string, { trial }: TrialRecording, event: ContainerEvent): Death {
  const { kind, requests, detail, log } = event;
  const lastLine = log?.trimEnd().split('\n').at(-1)?.trim().slice(0, LINE_CHARACTERS) ?? null;
  return { role, arm: trial.arm, trial: trial.id, kind, requests, detail, lastLine };
}

function findingOf(death: Death, times: number, severities: Readonly<Record<string, Severity>>): Finding[] {
  return raise(death.kind, severities, {
    service: death.role,
    arm: death.arm,
    said: { code: 'container-died', facts: { death, times } },
    value: times,
    threshold: 0,
    unit: 'events',
  });
}

/** Names of the services that did not run as one process during the whole trial. */
export function deadServices(trial: TrialRecording, window: Window | null): ReadonlySet<string> {
  return new Set(deathsIn(trial, window).map(({ service }) => service));
}
