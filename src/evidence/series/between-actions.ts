import type { ActionRecord } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';
import { median } from '../../statistics/numbers.js';

/**
 * This long after the end of an action, memory no longer changes because of it: nginx with CRS needs 8 s after a reload
 * (docs/scenario.md).
 */
const SETTLING_SECONDS = 10;
/** A stretch needs this many readings. A level is the median of this many, at most of twice as many. */
const FEWEST = 3;

/** The readings before, between and after the actions, without those that are settling. */
export function stretchesBetween(series: ArmSeries, actions: readonly ActionRecord[]): ArmSeries[] {
  const edges = [-Infinity, ...actions.flatMap((action) => [action.time, settledAt(action)]), Infinity];
  return Array.from({ length: edges.length / 2 }, (_, i) =>
    part(series, edges[2 * i] as number, edges[2 * i + 1] as number),
  ).filter(({ time }) => time.length >= FEWEST);
}

/**
 * How much the level has risen after each action with this name, in the metric's unit. Actions that are too near to
 * another one are left out.
 */
export function changesBy(name: string, series: ArmSeries, actions: readonly ActionRecord[]): number[] {
  return actions.flatMap((action, i) => {
    const settled = settledAt(action);
    const [earlier, later] = [actions[i - 1], actions[i + 1]];
    const before = part(
      series,
      Math.max(action.time - 2 * FEWEST, earlier === undefined ? -Infinity : settledAt(earlier)),
      action.time,
    );
    const after = part(series, settled, Math.min(settled + 2 * FEWEST, later?.time ?? Infinity));
    return action.name !== name || before.y.length < FEWEST || after.y.length < FEWEST
      ? []
      : [median(after.y) - median(before.y)];
  });
}

function settledAt({ time, seconds }: ActionRecord): number {
  return time + seconds + SETTLING_SECONDS;
}

/** Readings of the seconds that lie wholly in (from, to]. */
function part({ time, x, y }: ArmSeries, from: number, to: number): ArmSeries {
  const kept = Array.from(time, (_, i) => i).filter((i) => (time[i] as number) > from && (time[i] as number) <= to);
  const pick = (values: ArmSeries['x']): Float64Array => Float64Array.from(kept, (i) => values[i] as number);
  return { time: pick(time), x: pick(x), y: pick(y) };
}
