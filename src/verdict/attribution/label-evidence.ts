import type { UsablePair } from '../../evidence/index.js';
import { ARMS, type ArmName, type TrafficBlocks } from '../../model/index.js';
import type { Attributed, Estimate } from '../../results/index.js';
import { sawtoothFloor } from '../../statistics/estimators/drawdown.js';
import type { GrowthEvidence } from '../../statistics/estimators/growth-evidence.js';
import { labelWeights, sharesOf, stepLeverage, weightedGrowth } from '../../statistics/estimators/label-growth.js';
import { readingShift, shiftBound, type ReadingShift } from '../../statistics/estimators/reading-shift.js';
import { interval, replicateMean } from '../../statistics/estimators/replicate-mean.js';
import { floorOf } from '../../statistics/estimators/variance-floor.js';
import { CONFIDENCE } from '../../statistics/method.js';
import { mean, type Numbers } from '../../statistics/numbers.js';
import { labelledAxis } from './labelled-axis.js';

/** One arm of one replicate: its series, and the weights that give its growth by label. */
interface ArmWeights {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly weights: readonly Float64Array[];
}

/** Growth by label in every replicate of one service. */
export interface LabelEvidence {
  readonly groups: readonly (readonly string[])[];
  readonly shares: readonly number[];
  /**
   * Mean over replicates of the growth of these groups together, per request of any of them; null if the column's arm
   * does not exist. The interval is wide enough for the intervals of all groups to be valid together (Bonferroni). It
   * is also widened by the effect of half a reading's shift on each arm, because it is not known when within its second
   * memory was read.
   */
  readonly estimate: (column: Attributed, groups: readonly number[]) => Estimate | null;
}

/** Null if labels cannot be separated in every replicate, or if there are fewer than two replicates. */
export function labelEvidence(
  replicates: readonly UsablePair[],
  evidence: GrowthEvidence,
  blocks: TrafficBlocks,
): LabelEvidence | null {
  if (replicates.length < 2) return null;
  const arms: Record<ArmName, ArmWeights | null>[] = [];
  for (const { pair } of replicates) {
    const [baseline, candidate] = ARMS.map((arm) => {
      const series = pair[arm];
      if (series === null) return null;
      const axis = labelledAxis(blocks, series.x);
      const weights = labelWeights(axis);
      return weights === null ? undefined : { x: axis.x, y: series.y, weights };
    });
    if (baseline === undefined || candidate === undefined) return null;
    arms.push({ baseline, candidate });
  }
  const totals = blocks.groups.map((_, group) => [
    0,
    blocks.counts.reduce((sum, row) => sum + (row[group] as number), 0),
  ]);
  const shares = sharesOf(totals);
  const alone = 1 - (1 - CONFIDENCE) / blocks.groups.length;

  const estimate = (column: Attributed, groups: readonly number[]): Estimate | null => {
    const combined = arms.map(({ baseline, candidate }) => ({
      baseline: baseline && combine(baseline, shares, groups),
      candidate: candidate && combine(candidate, shares, groups),
    }));
    const values = combined.map(({ baseline, candidate }) =>
      column === 'difference'
        ? (candidate?.growth ?? 0) - (baseline?.growth ?? 0)
        : ({ baseline, candidate }[column]?.growth ?? Number.NaN),
    );
    if (values.some(Number.isNaN)) return null;
    const present = (arm: ArmName): Combined[] => combined.map((one) => one[arm]).filter((one) => one !== null);
    const leverage = mean(ARMS.flatMap(present).map((one) => one.leverage));
    const spread = replicateMean(values, leverage * floorFor(column, evidence));
    const { lower, upper } = interval(spread, alone);
    const shift = (column === 'difference' ? ARMS : [column])
      .map((arm) => shiftBound(present(arm).map((one) => one.shift)))
      .reduce((sum, bound) => sum + bound, 0);
    return { value: spread.mean, lower: lower - shift, upper: upper + shift, confidence: CONFIDENCE };
  };
  return { groups: blocks.groups, shares, estimate };
}

/**
 * Growth of several groups together: their mean by share, and the effect of a step of memory and of a shift of the
 * readings on it.
 */
interface Combined {
  readonly growth: number;
  readonly leverage: number;
  readonly shift: ReadingShift;
}

function combine({ x, y, weights }: ArmWeights, shares: readonly number[], groups: readonly number[]): Combined {
  const total = groups.reduce((sum, group) => sum + (shares[group] as number), 0);
  const together = Float64Array.from(x, (_, i) =>
    groups.reduce((sum, group) => sum + ((shares[group] as number) / total) * (weights[group]?.[i] as number), 0),
  );
  return { growth: weightedGrowth(together, y), leverage: stepLeverage(together, x), shift: readingShift(together, y) };
}

/** The floor of the main slope. An arm's own growth has the floor of its own cycles. */
function floorFor(column: Attributed, { floor, sawtooth }: GrowthEvidence): number {
  const cycles = column === 'difference' ? null : sawtooth[column];
  return floorOf(cycles === null ? floor : { ...floor, sawtooth: sawtoothFloor(cycles, floor.requests) });
}
