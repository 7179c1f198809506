import { ARMS, type Estimate, type ServiceAssessment, type Shape, type Teeth } from '../model/index.js';
import { amount, growth } from '../words/growth.js';
import { count, duration } from '../words/numbers.js';
import { meansOver } from '../statistics/estimators/bins.js';
import { FALL_SECONDS } from '../statistics/estimators/growth-evidence.js';
import type { LookJudgement } from '../statistics/procedure/judge-look.js';
import { mean, median, type Numbers } from '../statistics/numbers.js';
import type { GatedSubject } from './gate.js';
import { gained, level } from './words.js';

/** Periods of a sawtooth that a window must hold to decide (docs/method.md, "What it cannot do"). */
const ENOUGH_TEETH = 6;
/** Readings at each edge of a curve that its gain is measured between. */
const EDGE = 5;

/** In one word, what the growth looks like. */
export function shapeOf(
  { subject, evidence, member }: GatedSubject,
  candidateGrowth: Estimate | null,
  teeth: Teeth | null,
): Shape {
  if (member === null || evidence === null) return 'unclear';
  const { judgement, decision } = member;
  if (judgement.blockedBy === 'STEP') return 'step';
  if (judgement.blockedBy === 'FILL') return 'filling';
  if (judgement.blockedBy === 'LATE') return 'late-onset';
  if (judgement.blockedBy === 'FELL-BACK') return 'unclear';
  if (decision === 'fail') return 'leak';
  if (judgement.settled) return 'settled';
  if (teeth !== null && judgement.estimate.floorActive) return 'sawtooth';
  if (candidateGrowth !== null && candidateGrowth.lower > subject.margin) return 'leak';
  return decision === 'pass' && candidateGrowth !== null && candidateGrowth.upper < subject.margin
    ? 'flat'
    : decision === 'pass' && judgement.lower <= 0
      ? 'flat'
      : 'unclear';
}

/** A sawtooth falls by more than an allocator's step, at least twice, and sets the floor. */
export function teethOf({ subject, evidence }: GatedSubject): Teeth | null {
  if (evidence === null || evidence.floor.sawtooth <= evidence.floor.quantum / evidence.floor.requests) return null;
  const { quantum, requests } = evidence.floor;
  const arms = ARMS.flatMap((arm) => {
    const side = evidence.sawtooth[arm];
    return side !== null && side.height > 4 * quantum && side.teeth >= 1.5 ? [{ arm, ...side }] : [];
  });
  const worst = arms.sort((a, b) => b.height - a.height)[0];
  if (worst === undefined) return null;
  const floors = subject.replicates.flatMap(({ pair }) => {
    const series = pair[worst.arm];
    return series === null ? [] : [Math.min(...meansOver(series.time, series.y, FALL_SECONDS))];
  });
  const seconds = median(subject.replicates.map((replicate) => replicate.seconds));
  const { arm, height, teeth } = worst;
  return {
    arm,
    height,
    teeth,
    floor: median(floors),
    period: { x: requests / teeth, seconds: seconds / teeth },
    enough: teeth >= ENOUGH_TEETH,
  };
}

interface Surroundings {
  readonly teeth: Teeth | null;
  readonly levels: ServiceAssessment['levels'];
  /** What was done to the arms where the step lies, in words; null for nothing. */
  readonly action: string | null;
}

/** What the shape says, each part with its evidence in one line. */
export function guardsOf(
  { subject, evidence, member }: GatedSubject,
  { teeth, levels, action }: Surroundings,
): ServiceAssessment['guards'] {
  if (member === null || evidence === null) return [];
  const { judgement } = member;
  const { unit, metric } = subject;
  const seconds = median(subject.replicates.map((replicate) => replicate.seconds));
  const gain = mean(evidence.curves.map(({ y }) => edge(y, y.length - EDGE) - edge(y, 0)));
  return [
    ...(judgement.blockedBy === 'STEP' ? [{ name: 'STEP', detail: stepWords(judgement, unit, action) }] : []),
    ...(judgement.blockedBy === 'FILL'
      ? [
          {
            name: 'FILL',
            detail: fillWords(judgement, {
              unit,
              metric,
              secondsPerX: seconds / evidence.floor.requests,
              start: levels.candidate?.start ?? null,
            }),
          },
        ]
      : []),
    ...(judgement.blockedBy === 'FELL-BACK'
      ? [{ name: 'FELL-BACK', detail: fallWords(judgement, evidence.floor.requests, unit) }]
      : []),
    ...(judgement.blockedBy === 'LATE' && judgement.late
      ? [
          {
            name: 'LATE',
            detail: `the last third of the window alone grows by ${growth(judgement.late.lastThird, unit)}, the whole of it by ${growth(judgement.estimate.mean, unit)}`,
          },
        ]
      : []),
    ...(judgement.settled ? [{ name: 'SETTLED', detail: settledWords(judgement, gain, unit) }] : []),
    ...(teeth === null ? [] : [{ name: 'SAWTOOTH', detail: teethWords(teeth, unit, metric) }]),
  ];
}

function edge(y: Numbers, from: number): number {
  return median(Array.from({ length: Math.min(EDGE, y.length) }, (_, i) => y[Math.max(0, from) + i] as number));
}

/** `4,400 requests` of the x-axis; seconds are said once, as time. */
function stretch(x: number, seconds: number, unit: string): string {
  return unit.endsWith('/s') ? duration(seconds) : `${count(x)} requests (${duration(seconds)})`;
}

function stepWords({ step }: LookJudgement, unit: string, action: string | null): string {
  return step === null
    ? ''
    : `a step of about ${gained(step.height, unit)} explains the slope; beside it ${growth(step.slopeBeside, unit)} remain${action === null ? '' : `; it comes with ${action}`}`;
}

interface Filling {
  readonly unit: string;
  readonly metric: string;
  readonly secondsPerX: number;
  /** The candidate's level at the window's start. */
  readonly start: number | null;
}

function fillWords({ fill, deceleration }: LookJudgement, { unit, metric, secondsPerX, start }: Filling): string {
  if (fill === null) return '';
  const { amplitude, remaining, nearlyFullAt, atGridEnd } = fill.plateau;
  const to = start === null ? '' : ` of ${atGridEnd ? 'at least' : 'about'} ${level(start + amplitude, metric)}`;
  const end = `${gained(amplitude, unit)} above the window's start, ${gained(remaining, unit)} of it still to come`;
  return `growth slows down, from ${growth(deceleration.firstHalf, unit)} in the first half to ${growth(deceleration.secondHalf, unit)} in the second, towards a plateau${to} (${atGridEnd ? 'at least ' : ''}${end}), 95 % full ${atGridEnd ? 'no sooner than' : 'about'} ${stretch(nearlyFullAt, nearlyFullAt * secondsPerX, unit)} into the window`;
}

function fallWords({ fall, steadyGrowth }: LookJudgement, requests: number, unit: string): string {
  if (fall === null) return '';
  return `that may be a collector slower than the window: since the load began the candidate has fallen back by ${gained(fall.height, unit)}, and the growth over the window is ${gained(steadyGrowth * requests, unit)}; no longer pair was run that could tell`;
}

function settledWords({ deceleration }: LookJudgement, gain: number, unit: string): string {
  return `it gained ${gained(gain, unit)} more in the candidate and has visibly stopped, from ${growth(deceleration.firstHalf, unit)} in the first half of the window to ${growth(deceleration.secondHalf, unit)} in the second (surely less than ${amount(deceleration.secondHalfUpper, unit)})`;
}

function teethWords({ arm, height, floor, teeth, period, enough }: Teeth, unit: string, metric: string): string {
  const falls = `the ${arm} is a sawtooth: it falls back by up to ${gained(height, unit)}, to about ${level(floor, metric)}, some ${count(teeth)} times in the window, about every ${stretch(period.x, period.seconds, unit)}`;
  return `${falls}; the window is ${enough ? 'long enough for that' : `too short for that: ${ENOUGH_TEETH} periods and more decide`}`;
}
