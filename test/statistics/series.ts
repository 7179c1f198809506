import type { ArmSeries, SeriesPair } from '../../src/statistics/estimators/pair-measure.js';
import type { GateRules } from '../../src/guards/guard-rules.js';

/** Requests per second of the made-up series. */
export const RATE = 75;
/** 0.75 × 64 KiB. */
export const QUANTUM = 49_152;

export const rules = (margin: number, changes: Partial<GateRules> = {}): GateRules => ({
  margin,
  alphaFail: 0.01,
  alphaPass: 0.05,
  alphaGuard: 0.05,
  rho: 0.8,
  ...changes,
});

/** A series of `seconds` points: memory as a function of second and request. */
export function armSeries(seconds: number, memory: (second: number, request: number) => number): ArmSeries {
  const time = Float64Array.from({ length: seconds }, (_, i) => i);
  const x = time.map((second) => RATE * (second + 1));
  return { time, x, y: time.map((second, i) => memory(second, x[i] as number)) };
}

/** A small seeded generator (mulberry32): the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A sparse staircase such as nginx shows: some 4–60 KB steps at random seconds. */
export function staircase(seconds: number, random: () => number): (second: number) => number {
  const steps = Array.from({ length: 3 }, () => ({
    at: random() * seconds,
    size: 4096 * Math.ceil(random() * 15) * (random() < 0.3 ? -1 : 1),
  }));
  return (second) => steps.reduce((sum, step) => sum + (second >= step.at ? step.size : 0), 30e6);
}

/** Replicates of two arms: `extra` is what the candidate has on top of its own staircase. */
export function pairsWith(
  count: number,
  seconds: number,
  extra: (second: number, request: number, replicate: number) => number,
  seed: number = 7,
): SeriesPair[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, replicate) => {
    const base = staircase(seconds, random);
    const own = staircase(seconds, random);
    return {
      baseline: armSeries(seconds, base),
      candidate: armSeries(
        seconds,
        (second, request) => Math.round((own(second) + extra(second, request, replicate)) / 4096) * 4096,
      ),
    };
  });
}
