import type { NoiseKind, SawtoothNoise } from './noise-kinds.js';
import type { Random } from './random.js';
import { addJumps, bareSteps, drawBusyness, nginxSteps, type Jump } from './staircase.js';

/** Requests per second at which the noise was recorded. */
export const RECORDED_RATE = 75;
const START_LEVEL = 23.5e6;

function add(y: Float64Array, value: (i: number) => number): void {
  for (let i = 0; i < y.length; i += 1) y[i] = (y[i] as number) + value(i);
}

/** Student t with 3 degrees of freedom, scaled to deviation 1. */
function heavyTailed(random: Random): number {
  const chiSquare = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2;
  return random.normal() / Math.sqrt(chiSquare);
}

function addSawtooth(y: Float64Array, clock: Float64Array, teeth: SawtoothNoise, random: Random): void {
  const draw = (): number => random.between(...teeth.period);
  let period = draw();
  let began = teeth.locked ? 0 : -random.uniform() * period;
  add(y, (i) => {
    while ((clock[i] as number) >= began + period) {
      began += period;
      if (teeth.drawn === 'tooth') period = draw();
    }
    return (teeth.bytes * ((clock[i] as number) - began)) / period;
  });
}

function addChurn(y: Float64Array, clock: Float64Array, deviation: number, random: Random): void {
  let value = deviation * random.normal();
  let before = clock[0] ?? 0;
  add(y, (i) => {
    const kept = Math.exp(-((clock[i] as number) - before) / 20);
    before = clock[i] as number;
    value = value * kept + deviation * Math.sqrt(1 - kept * kept) * random.normal();
    return value;
  });
}

function jumpsOf(kind: NoiseKind, factor: number, size: number, until: number, random: Random): Jump[] {
  const steps =
    kind.steps === 'nginx'
      ? nginxSteps(factor, size, until, random)
      : kind.steps === 'bare'
        ? bareSteps(until, random)
        : [];
  const moved: Jump[] = random.chance(kind.imbalance)
    ? [{ at: random.uniform() * until, bytes: random.between(0.5e6, 3.5e6) }]
    : [];
  const bursts = kind.bursts ? burstsOf(until, random) : [];
  return [...steps, ...moved, ...bursts];
}

function burstsOf(until: number, random: Random): Jump[] {
  const jumps: Jump[] = [];
  for (let at = random.exponential(200); at < until; at += random.exponential(200)) {
    const bytes = random.between(0.4e6, 1.9e6);
    jumps.push({ at, bytes }, { at: at + 1, bytes: -bytes });
  }
  return jumps;
}

/**
 * Memory of one run without a leak, before it is read: one value per reading of the noise clock, with the requests so
 * far in `requests`.
 */
export function drawNoise(kind: NoiseKind, clock: Float64Array, requests: Float64Array, random: Random): Float64Array {
  const y = new Float64Array(clock.length).fill(START_LEVEL);
  const until = (clock[clock.length - 1] ?? 0) + 1;
  const { factor, quiet } = drawBusyness(random);
  const oneWorker = kind.steps === 'nginx' && random.chance(0.25);
  addJumps(y, clock, jumpsOf(kind, factor, oneWorker ? 0.7 : 1, until, random));
  const warmth = kind.steps === 'nginx' ? (oneWorker ? 3.8e6 : 7.2e6) : 0;
  const warming = random.between(0.4, 2.3);
  const tail = kind.runSlope.tail === 't3' ? heavyTailed(random) : quiet ? 0 : random.normal();
  const perClockSecond = kind.runSlope.deviation * tail * RECORDED_RATE;
  const own = kind.ownGrowth.mean + kind.ownGrowth.deviation * random.normal();
  add(y, (i) => {
    const t = clock[i] as number;
    return (
      warmth * (1 - Math.exp(-t / warming)) +
      kind.climb * (1 - Math.exp(-t / 8)) +
      perClockSecond * t +
      own * (requests[i] as number)
    );
  });
  for (const teeth of kind.teeth) addSawtooth(y, clock, teeth, random);
  if (kind.churn > 0) addChurn(y, clock, kind.churn, random);
  if (kind.jitter > 0) add(y, () => kind.jitter * random.normal());
  return y;
}
