import type { Remedy, RemedyApplication, RemedySeries } from '../results/index.js';
import { REMEDY_SETTLED } from '../statistics/method.js';
import { median } from '../statistics/numbers.js';
import { levelBetween } from './levels.js';

const [FROM, TO] = REMEDY_SETTLED;

export interface BuiltUp {
  readonly kind: Remedy['kind'];
  readonly applications: readonly RemedyApplication[];
  /** The candidate without the remedy; null if it did not run. */
  readonly without: RemedySeries | null;
  /** Seconds from one application to the next. */
  readonly every: number;
}

/**
 * Bytes that are built up from one application to the next: the growth of the candidate without the remedy, from the
 * level before the first application to the level before the last one. If it did not run, the median of what was built
 * up after restarts. Null if not known.
 */
export function builtUp({ kind, applications, without, every }: BuiltUp): number | null {
  const [first, last] = [applications[0], applications.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (without === null) return kind === 'restart' ? afterRestarts(applications, every) : null;
  const levelBefore = ({ time }: RemedyApplication): number | null =>
    levelBetween(without, time - (TO - FROM) * every, time);
  const [start, end] = [levelBefore(first), levelBefore(last)];
  const steps = last.number - first.number;
  return start === null || end === null || steps === 0 ? null : (end - start) / steps;
}

/** From the level after each restart to the level before the next, extrapolated to the whole time between them. */
function afterRestarts(applications: readonly RemedyApplication[], every: number): number | null {
  const climbs = applications.flatMap(({ before }, i) => {
    const after = applications[i - 1]?.after ?? null;
    return before === null || after === null ? [] : [before - after];
  });
  const took = median(applications.map(({ seconds }) => seconds));
  const settled = took + ((FROM + TO) / 2) * (every - took);
  const measured = every - ((TO - FROM) / 2) * every - settled;
  return climbs.length === 0 || measured <= 0 ? null : median(climbs) * (every / measured);
}
