import type { Look } from '../../../src/procedure/alpha-spending.js';
import {
  poolEvidence,
  withKnownSteps,
  type GrowthEvidence,
} from '../../../src/statistics/estimators/growth-evidence.js';
import { measurePair, type PairMeasure } from '../../../src/statistics/estimators/pair-measure.js';
import type { ObjectionCode } from '../../../src/guards/objection.js';
import { judgeFamily, type MemberJudgement } from '../../../src/procedure/judge-family.js';
import { interval } from '../../../src/statistics/estimators/replicate-mean.js';
import { drawReplicate, drawStalls, type Replicate, type Service, type Stall } from '../generator/pair.js';
import type { Random } from '../generator/random.js';
import type { Observation } from '../harness/cell.js';
import { isConfirmed, outgrowsTheLimit, type Failing } from './confirmation.js';
import { disturbedDraws, type Disturbance, type Draw } from './repeats.js';
import { ALPHAS, QUANTUM, type Design } from './design.js';

/** Replicates of one service, drawn when a look needs them. */
interface Source {
  readonly service: Service;
  readonly replicates: Replicate[];
  readonly at: (count: number) => GrowthEvidence;
}

function sourceOf(
  service: Service,
  design: Design,
  stallsIn: (replicate: number) => readonly Stall[],
  draw: Draw,
): Source {
  const replicates: Replicate[] = [];
  const measures: PairMeasure[] = [];
  const at = (count: number): GrowthEvidence => {
    while (replicates.length < count) {
      const drawn = draw(service, design.timing, stallsIn(replicates.length));
      replicates.push(drawn);
      measures.push(measurePair(drawn.pair, drawn.fromLoadStart, service.resolution !== undefined));
    }
    const evidence = poolEvidence(measures.slice(0, count), QUANTUM);
    return design.stepsKnown ? withKnownSteps(evidence) : evidence;
  };
  return { service, replicates, at };
}

interface Confirmed {
  readonly fails: boolean;
  /** Whether the longer pair was run. */
  readonly pair: boolean;
}

function confirmed(
  failing: readonly Failing[],
  margin: number,
  design: Design,
  stallsPerMinute: number,
  random: Random,
  draw: Draw,
): Confirmed {
  if (failing.length === 0) return { fails: false, pair: false };
  if (design.confirm === 'never' || (design.confirm === 'auto' && failing.some((one) => outgrowsTheLimit(one, margin))))
    return { fails: true, pair: false };
  const timing = { ...design.timing, window: design.confirmation };
  const stalls = drawStalls(stallsPerMinute, timing, random);
  return {
    fails: failing.filter((one) => isConfirmed(one, margin, draw(one.service, timing, stalls).pair)).length > 0,
    pair: true,
  };
}

const flag = (value: boolean): number => (value ? 1 : 0);

/**
 * A whole comparison: looks, guards, Holm over the services, confirmation. Returns the outcome and its duration. The
 * host's stalls affect all services at once. `disturbance` is for one service: some pairs run late and may be repeated.
 */
export function runGate(
  services: readonly Service[],
  design: Design,
  margin: number,
  random: Random,
  stallsPerMinute: number = 0,
  disturbance?: Disturbance,
): Observation {
  const draw: Draw =
    disturbance === undefined
      ? (service, timing, stalls) => drawReplicate(service, timing, random, stalls)
      : disturbedDraws(disturbance, design, random);
  const stalls: Stall[][] = [];
  const stallsIn = (replicate: number): Stall[] =>
    (stalls[replicate] ??= drawStalls(stallsPerMinute, design.timing, random));
  const sources = services.map((service) => sourceOf(service, design, stallsIn, draw));
  const members = judgeFamily(
    sources.map(({ at }) => ({
      margin,
      unconfirmed: design.confirm === 'never',
      evidenceAt: (look: Look) => at(look.replicates),
    })),
    design.looks,
    ALPHAS,
  );
  const failing = members.flatMap((member, i): Failing[] => {
    const { service, replicates, at } = sources[i] as Source;
    return member.decision === 'fail' ? [{ service, member, replicates, evidence: at(replicates.length) }] : [];
  });
  const { fails, pair } = confirmed(failing, margin, design, stallsPerMinute, random, draw);
  const pass = members.every(({ decision }) => decision === 'pass');
  const replicates = Math.max(...sources.map((source) => source.replicates.length));
  return {
    fail: flag(fails),
    failUnconfirmed: flag(failing.length > 0),
    pass: flag(pass),
    inconclusive: flag(!pass && !fails),
    minutes: replicates * design.minutes.replicate + (pair ? design.minutes.confirmation : 0),
    ...shapesOf(members, pass),
    ...intervalOf(members[0] as MemberJudgement),
  };
}

function shapesOf(members: readonly MemberJudgement[], pass: boolean): Observation {
  const objected = (code: ObjectionCode): number =>
    flag(members.some(({ judgement }) => judgement.objection?.code === code));
  return {
    settled: flag(pass && members.some(({ judgement }) => judgement.settled)),
    step: objected('STEP'),
    fill: objected('FILL'),
    fellBack: objected('FELL-BACK'),
    baselineFalls: objected('BASELINE-FALLS'),
    late: objected('LATE'),
    masked: objected('MASKED'),
    coarse: objected('COARSE'),
  };
}

/** The interval that is shown when the looks end, because the data decided when that was. */
function intervalOf({ judgement }: MemberJudgement): Observation {
  const { lower, upper } = interval(judgement.estimate, 0.95);
  return { lower, upper };
}
