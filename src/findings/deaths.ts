import type { Role, Window } from '../evidence/index.js';
import type { ContainerEvent, Death, Finding, Severity, TrialRecording, ValidityCheck } from '../model/index.js';
import { actionBehind } from '../validity/index.js';
import { raise } from './severity.js';

/** Of a log's last line, in a sentence; the report has all of it. */
const LINE_CHARACTERS = 200;

/**
 * Ends of a process life that spoil a trial: a death at any time, a process replaced inside the window unless an action
 * did so.
 */
function deathsIn(trial: TrialRecording, window: Window | null): ContainerEvent[] {
  // Watching ends before a trial is taken down: what ended until then, ended by itself. What vanished, somebody
  // removed.
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
 * What the deaths of judged containers mean. On the candidate alone they are a finding against it; on the baseline, or
 * on both, the comparison
 * is void: what was to be the reference did not live either.
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

/** Names of the services that did not live through this trial as one process. */
export function deadServices(trial: TrialRecording, window: Window | null): ReadonlySet<string> {
  return new Set(deathsIn(trial, window).map(({ service }) => service));
}
