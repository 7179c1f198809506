import type { GatedSubject } from '../evidence/index.js';
import { ARMS } from '../model/index.js';
import type { Estimate, SawtoothFacts, Shape } from '../results/index.js';
import { meansOver } from '../statistics/estimators/bins.js';
import { recurs } from '../statistics/estimators/drawdown.js';
import type { ObjectionCode } from '../guards/objection.js';
import { ENOUGH_PERIODS, FALL_SECONDS } from '../statistics/method.js';
import { median } from '../statistics/numbers.js';

/** The shape of growth for each objection of a guard. */
const OBJECTED: Readonly<Record<ObjectionCode, Shape>> = {
  STEP: 'step',
  FILL: 'filling',
  LATE: 'late-onset',
  'FELL-BACK': 'unclear',
  'BASELINE-FALLS': 'unclear',
  MASKED: 'unclear',
  DROP: 'unclear',
  COARSE: 'unclear',
  FEW: 'unclear',
};

/** The shape of the growth in one word. */
export function shapeOf(
  { subject, evidence, member }: GatedSubject,
  candidateGrowth: Estimate | null,
  sawtooth: SawtoothFacts | null,
): Shape {
  if (member === null || evidence === null) return 'unclear';
  const { judgement, decision } = member;
  if (judgement.settled) return 'settled';
  if (judgement.objection !== null) return OBJECTED[judgement.objection.code];
  if (decision === 'fail') return 'leak';
  if (sawtooth !== null && judgement.estimate.floorActive) return 'sawtooth';
  if (candidateGrowth !== null && candidateGrowth.lower > subject.margin) return 'leak';
  return decision === 'pass' && candidateGrowth !== null && candidateGrowth.upper < subject.margin
    ? 'flat'
    : decision === 'pass' && judgement.lower <= 0
      ? 'flat'
      : 'unclear';
}

/**
 * Memory is a sawtooth if it falls by more than an allocator step, at least twice, and if this determines the spread
 * floor.
 */
export function sawtoothOf({ subject, evidence }: GatedSubject): SawtoothFacts | null {
  if (evidence === null || evidence.floor.sawtooth <= evidence.floor.quantum / evidence.floor.requests) return null;
  const { quantum, requests } = evidence.floor;
  const arms = ARMS.flatMap((arm) => {
    const side = evidence.sawtooth[arm];
    return side !== null && side.height > 4 * quantum && recurs(side) ? [{ arm, ...side }] : [];
  });
  const worst = arms.sort((a, b) => b.height - a.height)[0];
  if (worst === undefined) return null;
  const floors = subject.replicates.flatMap(({ pair }) => {
    const series = pair[worst.arm];
    return series === null
      ? []
      : [meansOver(series.time, series.y, FALL_SECONDS).reduce((a, b) => Math.min(a, b), Infinity)];
  });
  const seconds = median(subject.replicates.map((replicate) => replicate.seconds));
  const { arm, height, cycles } = worst;
  return {
    arm,
    height,
    teeth: cycles,
    floor: median(floors),
    period: { x: requests / cycles, seconds: seconds / cycles },
    enough: cycles >= ENOUGH_PERIODS,
  };
}
