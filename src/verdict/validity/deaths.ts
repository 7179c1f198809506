import type {
  ArmName,
  ContainerEvent,
  ContainerEventKind,
  Finding,
  Severity,
  TrialRecording,
  ValidityCheck,
} from '../../model/index.js';
import { actionBehind } from './actions.js';
import type { Role } from '../roles.js';
import type { Window } from '../series/window.js';
import { raise } from '../severity.js';
import { count } from '../../words/numbers.js';

const WORDS: Readonly<Record<ContainerEventKind, string>> = {
  'oom-kill': 'was killed for lack of memory',
  exit: 'exited',
  restart: 'was restarted',
  'process-replaced': 'had its process replaced',
  vanished: 'vanished',
};

/** Of a log's last line, in a sentence; the report has all of it. */
const LINE_CHARACTERS = 200;

/**
 * Ends of a process life that spoil a trial: a death at any time, a process replaced inside the window unless an action
 * did so.
 */
export function deathsIn(trial: TrialRecording, window: Window | null): ContainerEvent[] {
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

interface Death {
  readonly role: string;
  readonly arm: ArmName;
  readonly trial: string;
  readonly event: ContainerEvent;
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
      return role === undefined ? [] : [{ role: role.role, arm: trial.trial.arm, trial: trial.trial.id, event }];
    }),
  );
  const onBaseline = deaths.find(({ arm }) => arm === 'baseline');
  if (onBaseline !== undefined) {
    const both = deaths.some(({ arm }) => arm === 'candidate');
    return {
      findings: [],
      check: {
        name: 'containers-lived',
        ok: false,
        sentence: `${sentenceOf(onBaseline)}${both ? '; containers of the candidate died too' : ''}: there is no growth of one process life to compare with`,
      },
    };
  }
  const kinds = new Map<string, Death[]>();
  for (const death of deaths)
    kinds.set(`${death.role} ${death.event.kind}`, [...(kinds.get(`${death.role} ${death.event.kind}`) ?? []), death]);
  return {
    findings: [...kinds.values()].flatMap(([first, ...more]) =>
      first === undefined ? [] : findingOf(first, more.length, severities),
    ),
    check: {
      name: 'containers-lived',
      ok: true,
      sentence:
        deaths.length === 0
          ? 'every judged container lived through every trial'
          : 'every judged container of the baseline lived; of the candidate not (see the findings)',
    },
  };
}

function sentenceOf({ role, arm, trial, event }: Death): string {
  const line = event.log?.trimEnd().split('\n').at(-1)?.trim().slice(0, LINE_CHARACTERS);
  const wrote = line === undefined ? '' : `; its log ends with “${line}”`;
  return `${role} of the ${arm} ${WORDS[event.kind]} after ${count(event.requests)} requests (${trial}${event.detail === '' ? '' : `: ${event.detail}`}${wrote})`;
}

function findingOf(death: Death, more: number, severities: Readonly<Record<string, Severity>>): Finding[] {
  return raise(death.event.kind, severities, {
    service: death.role,
    arm: death.arm,
    sentence: `${sentenceOf(death)}${more > 0 ? ` and ${more} more times` : ''}; the baseline lived.`,
    value: more + 1,
    threshold: 0,
    unit: 'events',
    hint:
      death.event.kind === 'oom-kill'
        ? 'Its memory reached the limit: see the peak, and raise the limit only if the growth is understood.'
        : null,
  });
}

/** Names of the services that did not live through this trial as one process. */
export function deadServices(trial: TrialRecording, window: Window | null): ReadonlySet<string> {
  return new Set(deathsIn(trial, window).map(({ service }) => service));
}
