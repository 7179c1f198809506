import type { ActionRecord, ContainerEvent, Failure } from '../model/index.js';
import type { Remedy, RemedyApplication, RemedySeries } from '../results/index.js';
import { REMEDY_SETTLED } from '../statistics/method.js';
import { levelBetween, withoutOldProcesses } from './levels.js';

const [FROM, TO] = REMEDY_SETTLED;
const LENGTH = TO - FROM;

/** What was recorded while a remedy was applied. */
export interface Applied {
  readonly kind: Remedy['kind'];
  readonly actions: readonly ActionRecord[];
  readonly series: RemedySeries;
  /** Events of the service. */
  readonly events: readonly ContainerEvent[];
  /** Seconds from one application to the next. */
  readonly every: number;
  /** Requests lost by each application; null if not known. */
  readonly lost: readonly number[] | null;
}

/** What each application found, gave back and left behind. */
export function applicationsOf({ kind, actions, series, events, every, lost }: Applied): readonly RemedyApplication[] {
  const settled = kind === 'restart' ? series : withoutOldProcesses(series, actions[0]?.time ?? 0);
  let previous: { readonly number: number; readonly after: number } | null = null;
  return actions.map((action, i) => {
    const { time, sent, seconds, failure } = action;
    const number = i + 1;
    const end = time + seconds;
    const rest = every - seconds;
    // A load that is late may reach the next application earlier or later than planned.
    const next = actions[i + 1]?.time ?? time + every;
    const [from, to] =
      kind === 'restart' ? [end + FROM * rest, Math.min(next, end + TO * rest)] : [next - LENGTH * rest, next];
    const levelAfter = (of: RemedySeries): number | null => levelBetween(of, Math.max(end, from), to);
    const known = levelAfter(settled);
    const after = known ?? levelAfter(series);
    const left: number | null =
      known === null || previous === null ? null : (known - previous.after) / (number - previous.number);
    if (known !== null) previous = { number, after: known };
    return {
      number,
      time,
      sent,
      seconds,
      failure: failure === null ? null : errorOf(failure),
      before: levelBetween(series, time - LENGTH * every, time),
      after,
      isUnsettled: known === null && after !== null,
      left,
      lost: lost?.[i] ?? null,
      down: downtime(events, time, time + every),
    };
  });
}

/** The longest time between the end and the next start of a container, for ends in this span of seconds. */
function downtime(events: readonly ContainerEvent[], from: number, to: number): number {
  const ends = events.filter(({ kind, time }) => kind === 'exit' && time >= from && time < to);
  const lengths = ends.map((end) => {
    const start = events.find(
      ({ kind, container, time }) => kind === 'restart' && container === end.container && time >= end.time,
    );
    return start === undefined ? 0 : start.time - end.time;
  });
  return Math.max(0, ...lengths);
}

function errorOf(failure: Failure): NonNullable<RemedyApplication['failure']> {
  if (failure.code !== 'ended-by-error') return { code: failure.code, message: '' };
  return { code: failure.facts.error, message: failure.facts.message };
}
