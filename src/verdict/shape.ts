import type { Estimate, ServiceAssessment, Shape } from '../model/index.js';
import type { LookJudgement } from '../statistics/judge-look.js';
import { amount, growthWords, short } from './words.js';
import type { GatedSubject } from './gate.js';

/** In one word, what the growth looks like. */
export function shapeOf({ subject, evidence, member }: GatedSubject, candidateGrowth: Estimate | null): Shape {
  if (member === null || evidence === null) return 'unclear';
  const { judgement, decision } = member;
  if (judgement.blockedBy === 'STEP') return 'step';
  if (judgement.blockedBy === 'FILL') return 'filling';
  if (judgement.blockedBy === 'LATE') return 'late-onset';
  if (decision === 'fail') return 'leak';
  if (judgement.settled) return 'settled';
  if (hasTeeth(evidence) && judgement.estimate.floorActive) return 'sawtooth';
  if (candidateGrowth !== null && candidateGrowth.lower > subject.margin) return 'leak';
  return decision === 'pass' && candidateGrowth !== null && candidateGrowth.upper < subject.margin ? 'flat' : decision === 'pass' && judgement.lower <= 0 ? 'flat' : 'unclear';
}

/** A sawtooth falls by more than an allocator's step, at least twice, and sets the floor. */
function hasTeeth({ floor, sawtooth }: NonNullable<GatedSubject['evidence']>): boolean {
  const sides = [sawtooth.baseline, sawtooth.candidate].filter((side) => side !== null);
  return floor.sawtooth > floor.quantum / floor.requests && sides.some(({ height, teeth }) => height > 4 * floor.quantum && teeth >= 1.5);
}

/** The guards that spoke, each with its evidence in one line. */
export function guardsOf({ subject, member }: GatedSubject): ServiceAssessment['guards'] {
  if (member === null) return [];
  const { judgement } = member;
  const [noun = ''] = subject.unit.split('/');
  return [
    ...(judgement.blockedBy === 'STEP' ? [{ name: 'STEP', detail: stepWords(judgement, noun, subject.unit) }] : []),
    ...(judgement.blockedBy === 'FILL' ? [{ name: 'FILL', detail: fillWords(judgement, noun, subject.unit) }] : []),
    ...(judgement.blockedBy === 'LATE' && judgement.late ? [{ name: 'LATE', detail: `the last third of the window alone grows by ${growthWords(judgement.late.lastThird, subject.unit)}` }] : []),
    ...(judgement.settled ? [{ name: 'SETTLED', detail: settledWords(judgement, subject.unit) }] : []),
  ];
}

function stepWords({ step }: LookJudgement, noun: string, unit: string): string {
  return step === null ? '' : `a step of about ${amount(step.height, noun)} explains the slope; beside it ${growthWords(step.slopeBeside, unit)} remain`;
}

function fillWords({ fill, deceleration }: LookJudgement, noun: string, unit: string): string {
  if (fill === null) return '';
  const { plateau } = fill;
  const end = plateau.atGridEnd ? `, a plateau at least ${amount(plateau.amplitude, noun)} above the start` : `, towards a plateau about ${amount(plateau.amplitude, noun)} above the start (${amount(plateau.remaining, noun)} still to come)`;
  return `growth slows down: ${growthWords(deceleration.firstHalf, unit)} in the first half, ${growthWords(deceleration.secondHalf, unit)} in the second${end}; 95 % full after ${short(plateau.nearlyFullAt)} ${unit.endsWith('/s') ? 'seconds' : 'requests'} of the window`;
}

function settledWords({ deceleration, estimate }: LookJudgement, unit: string): string {
  return `it grew by ${growthWords(deceleration.firstHalf, unit)} in the first half and has stopped: ${growthWords(deceleration.secondHalf, unit)} in the second (over the whole window ${growthWords(estimate.mean, unit)})`;
}
