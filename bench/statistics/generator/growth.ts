import type { Random } from './random.js';

/**
 * What a version has in addition to its noise: memory at a second of load and a number of requests. Drawn again for
 * every run.
 */
export type Growth = (random: Random, warmup: number, window: number) => (second: number, request: number) => number;

const QUANTA = [4_096, 65_536, 135_168] as const;

export const none: Growth = () => () => 0;

/**
 * Bytes per request that two workers lose; they share the requests. Their allocators grow in steps of 4, 64 or 132 KB.
 */
export const leak =
  (bytesPerRequest: number): Growth =>
  (random) =>
    leakFrom(random, bytesPerRequest);

/** The same, lost by the requests of one label. `sent` says how many of them are among a number of requests. */
export const leakOfLabel =
  (bytesPerRequest: number, sent: (request: number) => number): Growth =>
  (random) => {
    const lost = leakFrom(random, bytesPerRequest);
    return (second, request) => lost(second, sent(request));
  };

function leakFrom(random: Random, bytesPerRequest: number): (second: number, request: number) => number {
  const quantum = QUANTA[Math.floor(random.uniform() * QUANTA.length)] as number;
  const phases = [random.uniform(), random.uniform()];
  return (_, request) =>
    phases.reduce((sum, phase) => sum + quantum * Math.floor((bytesPerRequest * request) / 2 / quantum + phase), 0);
}

/** A cache that fills up to `bytes` with the time constant `tau` seconds. */
export const fill =
  (bytes: number, tau: number): Growth =>
  () =>
  (second) =>
    bytes * (1 - Math.exp(-second / tau));

/** One step of `low`–`high` bytes at a random second of each run. */
export const stepAnywhere =
  (low: number, high: number): Growth =>
  (random, warmup, window) => {
    const at = random.between(0, warmup + window);
    const bytes = random.between(low, high);
    return (second) => (second >= at ? bytes : 0);
  };

/** One step at the same share of the window in every run, like a scheduled reload. */
export const stepAt =
  (share: number, bytes: number): Growth =>
  (_, warmup, window) =>
  (second) =>
    second >= warmup + share * window ? bytes : 0;

/** A leak that begins this many seconds after the start of the window. */
export const onset =
  (seconds: number, bytesPerRequest: number): Growth =>
  (random, warmup) => {
    const lost = leakFrom(random, bytesPerRequest);
    let before: number | null = null;
    return (second, request) => {
      if (second < warmup + seconds) return 0;
      before ??= request;
      return lost(second, request - before);
    };
  };

/** Memory that is given back from the start of the window on, with the time constant `tau` seconds. */
export const release =
  (bytes: number, tau: number): Growth =>
  (_, warmup) =>
  (second) =>
    bytes * Math.exp(-Math.max(0, second - warmup) / tau);

/** Growth like ln(1 + t/t0): slower and slower, without a plateau. */
export const logarithm =
  (bytes: number, t0: number): Growth =>
  () =>
  (second) =>
    bytes * Math.log1p(second / t0);

/** Growth like √t, this many bytes in the first 300 s: slower and slower, without a plateau. */
export const root =
  (bytes: number): Growth =>
  () =>
  (second) =>
    bytes * Math.sqrt(second / 300);

/** Straight growth that stops at a share of the window: a cache that is full. */
export const rampUntil =
  (share: number, bytesPerRequest: number): Growth =>
  (_, warmup, window) =>
  (second, request) =>
    bytesPerRequest * request * Math.min(1, (warmup + share * window) / second);

/** A leak that begins at a share of the window. */
export const onsetAt =
  (share: number, bytesPerRequest: number): Growth =>
  (random, warmup, window) =>
    onset(share * window, bytesPerRequest)(random, warmup, window);

/** Growth or loss of this many bytes per request, without the steps of an allocator. */
export const straight =
  (bytesPerRequest: number): Growth =>
  () =>
  (_, request) =>
    bytesPerRequest * request;

/** One fall of `bytes` for this many seconds, anywhere in the window. */
export const dip =
  (bytes: number, seconds: number): Growth =>
  (random, warmup, window) => {
    const from = random.between(warmup + 10, warmup + window - seconds - 10);
    return (second) => (second >= from && second < from + seconds ? -bytes : 0);
  };

/** A job every `period` seconds that needs `bytes` for this many seconds. Its phase is the same in every replicate. */
export const jobs =
  (bytes: number, seconds: number, period: number): Growth =>
  () =>
  (second) =>
    second % period < seconds ? bytes : 0;

/** A growth that only some runs have. */
export const sometimes =
  (share: number, growth: Growth): Growth =>
  (random, ...rest) =>
    random.chance(share) ? growth(random, ...rest) : () => 0;

/** A growth that differs from run to run, normal with this deviation. */
export const scattered =
  (deviation: number): Growth =>
  (random) => {
    const slope = deviation * random.normal();
    return (_, request) => slope * request;
  };

export const both =
  (...parts: readonly Growth[]): Growth =>
  (...drawn) => {
    const memories = parts.map((part) => part(...drawn));
    return (second, request) => memories.reduce((sum, memory) => sum + memory(second, request), 0);
  };
