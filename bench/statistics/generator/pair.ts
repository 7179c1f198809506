import type { ArmSeries, SeriesPair } from '../../../src/statistics/estimators/pair-measure.js';
import type { Growth } from './growth.js';
import { drawNoise, RECORDED_RATE } from './noise.js';
import { NOISE, type NoiseName } from './noise-kinds.js';
import type { Random } from './random.js';
import { addJumps, type Jump } from './staircase.js';

/** Seconds of load before the window and in it, and requests per second to each arm. */
export interface Timing {
  readonly rate: number;
  readonly warmup: number;
  readonly window: number;
}

/** One service on both sides. */
export interface Service {
  readonly baseline: NoiseName;
  readonly candidate: NoiseName;
  readonly growth: Growth;
  /** Growth that both versions have. */
  readonly shared?: Growth;
  /** Growth that the baseline alone has. */
  readonly baselineGrowth?: Growth;
  /** The unit to which readings are rounded down, bytes; whole pages if absent. */
  readonly resolution?: number;
  /** Share of the seconds without a reading. */
  readonly missing?: number;
  /** Steps of 200–360 KB a minute that hit both arms at the same request. */
  readonly commonSteps?: number;
  /** Share of the noise that comes with the requests instead of the seconds. */
  readonly noisePerRequest?: number;
}

/**
 * A moment at which the host stood still for everything: requests queue, and every service of an arm takes a step of
 * about this size.
 */
export interface Stall {
  /** Requests since the load began. */
  readonly at: number;
  readonly bytes: Readonly<Record<'baseline' | 'candidate', number>>;
}

interface WholeSeries {
  readonly time: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const PAGE = 4096;

/** The kernel updates its counters every 2 s, in pages. Some tools round the values that they read. */
function observe(y: Float64Array, resolution: number | undefined, random: Random): Float64Array {
  const phase = random.chance(0.5) ? 1 : 0;
  const pages = y.map(
    (value, i) => PAGE * Math.round((((i + phase) % 2 === 1 && i > 0 ? y[i - 1] : value) as number) / PAGE),
  );
  return resolution === undefined
    ? pages
    : pages.map((value) => Math.round(resolution * Math.floor(value / resolution)));
}

/** The series without a share of its readings. */
function thinned(series: WholeSeries, missing: number, random: Random): WholeSeries {
  if (missing === 0) return series;
  const kept = series.time.map(() => (random.chance(missing) ? 0 : 1));
  const pick = (values: Float64Array): Float64Array => values.filter((_, i) => kept[i] === 1);
  return { time: pick(series.time), x: pick(series.x), y: pick(series.y) };
}

function drawArm(
  noise: NoiseName,
  growths: readonly Growth[],
  common: readonly Jump[],
  timing: Timing,
  { noisePerRequest: perRequest = 0, resolution, missing = 0 }: Service,
  random: Random,
): WholeSeries {
  const seconds = Math.round(timing.warmup + timing.window);
  const time = Float64Array.from({ length: seconds }, (_, i) => i + 1);
  const requests = time.map((second) => Math.round(second * timing.rate));
  const speed = 1 - perRequest + (perRequest * timing.rate) / RECORDED_RATE;
  const y = drawNoise(
    NOISE[noise],
    time.map((second) => second * speed),
    requests,
    random,
  );
  addJumps(y, requests, common);
  for (const growth of growths) {
    const memory = growth(random, timing.warmup, timing.window);
    for (let i = 0; i < y.length; i += 1) y[i] = (y[i] as number) + memory(time[i] as number, requests[i] as number);
  }
  return thinned({ time, x: requests, y: observe(y, resolution, random) }, missing, random);
}

/** The part that is judged: the series without its warm-up. */
function windowOf({ time, x, y }: WholeSeries, warmup: number): ArmSeries {
  const from = time.findIndex((second) => second > Math.round(warmup));
  return { time: time.subarray(from), x: x.subarray(from), y: y.subarray(from) };
}

/** Moments of requests, so many a minute at the recorded rate. */
function momentsOf(perMinute: number, until: number, random: Random): number[] {
  const moments: number[] = [];
  if (perMinute === 0) return moments;
  const gap = (60 * RECORDED_RATE) / perMinute;
  for (let at = random.exponential(gap); at < until; at += random.exponential(gap)) moments.push(at);
  return moments;
}

const requestsOf = ({ warmup, window, rate }: Timing): number => (warmup + window) * rate;

/**
 * The stalls of one replicate, which all its services share: steps of 50–600 KB (docs/method.md#5-bursts-all-along).
 */
export function drawStalls(perMinute: number, timing: Timing, random: Random): Stall[] {
  return momentsOf(perMinute, requestsOf(timing), random).map((at) => ({
    at,
    bytes: { baseline: random.between(50e3, 600e3), candidate: random.between(50e3, 600e3) },
  }));
}

const stepsOf = (stalls: readonly Stall[], arm: keyof Stall['bytes'], random: Random): Jump[] =>
  stalls.map(({ at, bytes }) => ({ at, bytes: bytes[arm] * random.between(0.7, 1.3) }));

/** One replicate: both arms at the same time with the same requests, only their windows. */
export function drawPair(service: Service, timing: Timing, random: Random, stalls: readonly Stall[] = []): SeriesPair {
  return drawReplicate(service, timing, random, stalls).pair;
}

export interface Replicate {
  readonly pair: SeriesPair;
  /** Both arms from the first request on. */
  readonly fromLoadStart: { readonly baseline: ArmSeries; readonly candidate: ArmSeries };
}

export function drawReplicate(
  service: Service,
  timing: Timing,
  random: Random,
  stalls: readonly Stall[] = [],
): Replicate {
  const { shared, baselineGrowth, commonSteps = 0 } = service;
  const both = shared === undefined ? [] : [shared];
  const own = baselineGrowth === undefined ? [] : [baselineGrowth];
  const common = momentsOf(commonSteps, requestsOf(timing), random).map((at): Jump => ({
    at,
    bytes: random.between(200e3, 360e3),
  }));
  const baseline = drawArm(
    service.baseline,
    [...both, ...own],
    [...common, ...stepsOf(stalls, 'baseline', random)],
    timing,
    service,
    random,
  );
  const candidate = drawArm(
    service.candidate,
    [...both, service.growth],
    [...common, ...stepsOf(stalls, 'candidate', random)],
    timing,
    service,
    random,
  );
  return {
    pair: { baseline: windowOf(baseline, timing.warmup), candidate: windowOf(candidate, timing.warmup) },
    fromLoadStart: { baseline, candidate },
  };
}
