import type { Guard, Stretch } from '../results/index.js';
import type { Objection, ObjectionCode } from '../guards/objection.js';
import type { LookJudgement } from '../procedure/judge-look.js';
import type { ActionAtStep } from './step-action.js';

/** Where the growth was found; combined with the facts of an objection. */
export interface Seen {
  readonly unit: string;
  readonly metric: string;
  readonly judgement: LookJudgement;
  readonly requests: number;
  readonly secondsPerX: number;
  /** The candidate's level at the window's start. */
  readonly start: number | null;
  readonly action: ActionAtStep | null;
  readonly margin: number;
}

type Of<C extends ObjectionCode> = Extract<Objection, { code: C }>;

const stretch = (x: number, { secondsPerX }: Seen): Stretch => ({ x, seconds: x * secondsPerX });

/** The statement of each objection, with its numbers. */
const SAID: { readonly [C in ObjectionCode]: (objection: Of<C>, seen: Seen) => Guard } = {
  STEP: ({ steps, height, slopeBeside: beside }, { unit, action }) => ({
    name: 'STEP',
    code: 'step',
    facts: { unit, steps, height, beside, action },
  }),
  FILL: fillSaid,
  'FELL-BACK': ({ height }, { unit, judgement, requests }) => ({
    name: 'FELL-BACK',
    code: 'fell-back',
    facts: { unit, height, gained: judgement.steadyGrowth * requests },
  }),
  'BASELINE-FALLS': ({ baseline, candidate, candidateLower }, { unit, margin }) => ({
    name: 'BASELINE-FALLS',
    code: 'baseline-falls',
    facts: { unit, baseline, candidate, candidateLower, margin },
  }),
  LATE: ({ parts, growth: end, lower, upper }, { unit, judgement, margin }) => ({
    name: 'LATE',
    code: 'late',
    facts: { unit, parts, end, whole: judgement.estimate.mean, upTo: lower > margin ? null : upper },
  }),
  MASKED: ({ first, last, upper, overAfter }, seen) => ({
    name: 'MASKED',
    code: 'masked',
    facts: {
      unit: seen.unit,
      first,
      last,
      upper: Number.isFinite(upper) ? upper : null,
      over: overAfter === null ? null : stretch(overAfter, seen),
    },
  }),
  DROP: ({ height, beside, upper }, { unit }) => ({
    name: 'MASKED',
    code: 'masked-by-drop',
    facts: { unit, height, beside, upper },
  }),
  COARSE: ({ resolution, needed }, seen) => ({
    name: 'COARSE',
    code: 'coarse',
    facts: { unit: seen.unit, metric: seen.metric, resolution, margin: seen.margin, needed: stretch(needed, seen) },
  }),
  FEW: ({ readings, needed }, seen) => ({
    name: 'FEW',
    code: 'few',
    facts: { unit: seen.unit, readings, needed: stretch(needed, seen) },
  }),
};

/** The guard in an assessment that is made from an objection of the statistics. */
export function guardOn<C extends ObjectionCode>(objection: Of<C>, seen: Seen): Guard {
  return SAID[objection.code](objection, seen);
}

function fillSaid({ shape, before, after, parts, plateau }: Of<'FILL'>, seen: Seen): Guard {
  const { unit, metric, start, judgement } = seen;
  const { firstHalf, secondHalf } = judgement.deceleration;
  if (shape === 'stopped') return { name: 'FILL', code: 'stopped', facts: { unit, parts, before, after } };
  if (shape === 'endless') return { name: 'FILL', code: 'slowing', facts: { unit, firstHalf, secondHalf } };
  const { amplitude, remaining, nearlyFullAt, atGridEnd: atLeast } = plateau;
  const facts = {
    unit,
    metric,
    firstHalf,
    secondHalf,
    amplitude,
    remaining,
    plateau: start === null ? null : start + amplitude,
    nearlyFullAt: stretch(nearlyFullAt, seen),
    atLeast,
  };
  return { name: 'FILL', code: 'fill', facts };
}
