import type { Random } from './random.js';

/** One jump of memory at a moment of the noise clock (seconds at 75 requests/s). */
export interface Jump {
  readonly at: number;
  readonly bytes: number;
}

const EARLY_STEPS = 1.2;
const EARLY_SECONDS = 40;
const LATE_RATE = 0.0045;
const SMALL_RATE = 0.01;

/** How busy one run's allocator is: 40 % of runs are quiet, the others Gamma(2) · 0.7. */
export function drawBusyness(random: Random): { readonly factor: number; readonly quiet: boolean } {
  if (random.chance(0.4)) return { factor: 0.15, quiet: true };
  return { factor: 0.7 * (random.exponential(1) + random.exponential(1)), quiet: false };
}

function arrivals(rate: number, until: number, random: Random): number[] {
  const times: number[] = [];
  if (rate > 0) for (let t = random.exponential(1 / rate); t < until; t += random.exponential(1 / rate)) times.push(t);
  return times;
}

/** Moments of the steps that become rarer: a Poisson process of intensity 0.03 e^(−t/40) per second, by inversion. */
function earlyArrivals(factor: number, until: number, random: Random): number[] {
  const total = EARLY_STEPS * factor;
  return arrivals(1, total, random)
    .map((mass) => -EARLY_SECONDS * Math.log(1 - mass / total))
    .filter((t) => t < until);
}

/**
 * Allocator steps of nginx: 20–116 KB, of which 45 % are partly given back later, and small ones of 4–12 KB up or
 * down.
 */
export function nginxSteps(factor: number, size: number, until: number, random: Random): Jump[] {
  const large = [...arrivals(LATE_RATE * factor, until, random), ...earlyArrivals(factor, until, random)];
  return [
    ...large.flatMap((at): Jump[] => {
      const bytes = size * random.between(20e3, 116e3);
      if (!random.chance(0.45)) return [{ at, bytes }];
      return [
        { at, bytes },
        { at: at + random.exponential(30), bytes: -bytes * random.between(0.3, 1) },
      ];
    }),
    ...arrivals(SMALL_RATE * factor, until, random).map((at) => ({
      at,
      bytes: (random.chance(0.5) ? 1 : -1) * random.between(4e3, 12e3),
    })),
  ];
}

/** A bare staircase: 0.4–2.7 steps a minute of 4–115 KB, half of them downwards, nothing else. */
export function bareSteps(until: number, random: Random): Jump[] {
  const perSecond = random.between(0.4, 2.7) / 60;
  return arrivals(perSecond, until, random).map((at) => ({
    at,
    bytes: (random.chance(0.5) ? 1 : -1) * random.between(4e3, 115e3),
  }));
}

/** Adds jumps to a series sampled at rising clock readings. */
export function addJumps(y: Float64Array, clock: Float64Array, jumps: readonly Jump[]): void {
  const sorted = [...jumps].sort((p, q) => p.at - q.at);
  let next = 0;
  let level = 0;
  for (let i = 0; i < y.length; i += 1) {
    while (next < sorted.length && (sorted[next] as Jump).at <= (clock[i] as number))
      level += (sorted[next++] as Jump).bytes;
    y[i] = (y[i] as number) + level;
  }
}
