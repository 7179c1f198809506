import type { ActionRecord, ContainerEvent, Failure } from '../model/index.js';
import type { Remedy, RemedyApplication, RemedySeries } from '../results/index.js';
import { REMEDY_SETTLED } from '../statistics/method.js';
import { levelBetween } from './levels.js';

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
  let previous: number | null = null;
  return actions.map((action, i) => {
    const { time, sent, seconds, failure } = action;
    const end = time + seconds;
    const rest = every - seconds;
    const from = kind === 'restart' ? FROM : 1 - LENGTH;
    const before = levelBetween(series, time - LENGTH * every, time);
    const after = levelBetween(series, end + from * rest, end + (from + LENGTH) * rest);
    const left = minus(after, previous);
    previous = after;
    return {
      number: i + 1,
      time,
      sent,
      seconds,
      failure: failure === null ? null : errorOf(failure),
      before,
      after,
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

const minus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one - other;
