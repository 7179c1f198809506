import {
  DEFAULT_SEVERITIES,
  PRIMARY_METRIC,
  SlopegateError,
  type ContainerEvent,
  type Reading,
  type Scenario,
} from '../model/index.js';
import type { ArmName, ContainerHandle } from '../model/index.js';

/** Seconds that an ended container has to come back before the round is ended. */
const COMES_BACK_SECONDS = 5;
/** The same for a container that is restarted on purpose: a busy host may need longer. */
const RESTARTED_SECONDS = 60;
/** Seconds that a judged container may go without its primary metric while it runs. */
const SILENT_SECONDS = 10;
/** Two looks that are further apart count as this many seconds: a stopped process could not look. */
const LONGEST_STEP_SECONDS = 1;

/** Says why a trial under load should end early: its load has no purpose any more, or nothing is measured. */
export interface EarlyEnd {
  readonly onEvent: (event: ContainerEvent) => void;
  readonly onReading: (reading: Reading) => void;
  /** Called repeatedly during the load. @throws SlopegateError REPLAY_FAILED or OBSERVE_FAILED */
  readonly look: (elapsed: number) => void;
}

export interface EarlyEndOptions {
  readonly scenario: Scenario;
  readonly arm: ArmName;
  readonly containers: readonly ContainerHandle[];
  /** Services that are restarted on purpose under load. */
  readonly restarted: readonly string[];
}

interface Watched extends ContainerHandle {
  /** The load needs it, or its end decides the verdict. */
  readonly needed: boolean;
  readonly judged: boolean;
  readonly comesBackSeconds: number;
  /** How it ended and how long ago; null while it runs. */
  ended: { readonly detail: string; seconds: number } | null;
  silent: number;
}

export function earlyEnd({ scenario, arm, containers, restarted }: EarlyEndOptions): EarlyEnd {
  const watched = containers.map((handle): Watched => ({
    ...handle,
    ...rank(scenario, arm, handle),
    comesBackSeconds: restarted.includes(handle.service) ? RESTARTED_SECONDS : COMES_BACK_SECONDS,
    ended: null,
    silent: 0,
  }));
  const find = ({ service, container }: Pick<Reading, 'service' | 'container'>): Watched | undefined =>
    watched.find((one) => one.service === service && one.container === container);
  let before: number | null = null;
  return {
    onEvent: (event) => {
      const one = find(event);
      if (one === undefined) return;
      if (event.kind === 'exit' || event.kind === 'vanished') one.ended ??= { detail: event.detail, seconds: 0 };
      if (event.kind === 'restart') one.ended = null;
      one.silent = 0;
    },
    onReading: (reading) => {
      const one = find(reading);
      if (one !== undefined && reading.minimum[PRIMARY_METRIC] !== undefined) one.silent = 0;
    },
    look: (elapsed) => {
      const step = Math.min(elapsed - (before ?? elapsed), LONGEST_STEP_SECONDS);
      before = elapsed;
      for (const one of watched) {
        if (one.ended === null) one.silent += step;
        else one.ended.seconds += step;
        if (one.needed && one.ended !== null && one.ended.seconds >= one.comesBackSeconds) throw gone(one, arm);
        if (one.judged && one.silent >= SILENT_SECONDS) throw unread(one, arm);
      }
    },
  };
}

/**
 * The entry and the origin are needed for the load. The end of a judged container decides the verdict if it is a FAIL.
 */
function rank({ stack, arms, gate }: Scenario, arm: ArmName, { service }: ContainerHandle) {
  const role = Object.hasOwn(stack.roles, service) ? stack.roles[service]! : service;
  const judged = !stack.unjudged.includes(service) && !stack.unjudged.includes(role);
  const carries = service === (arms[arm].entry ?? stack.entry).service || service === stack.origin?.service;
  return { judged, needed: carries || (judged && (gate.findings['exit'] ?? DEFAULT_SEVERITIES.exit) === 'fail') };
}

function gone({ service, ended }: Watched, arm: ArmName): SlopegateError {
  return new SlopegateError(
    'REPLAY_FAILED',
    `The container ${service} of the ${arm} ended under load (${ended?.detail ?? 'it is gone'}). This round ends.`,
    { hint: `The last log lines of ${service} are in the report.` },
  );
}

function unread({ name, service }: Watched, arm: ArmName): SlopegateError {
  return new SlopegateError(
    'OBSERVE_FAILED',
    `The memory of ${service} of the ${arm} could not be read for ${SILENT_SECONDS} s, but its container runs.`,
    {
      hint:
        `Does "docker stats ${name}" show its memory? A runtime without memory accounting cannot be measured. ` +
        'If the service need not be judged, list it in stack.unjudged.',
    },
  );
}
