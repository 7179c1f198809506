/** Sawtooth of one process: memory climbs to `bytes` over one period and is given back at once. */
export interface SawtoothNoise {
  readonly bytes: number;
  readonly period: readonly [number, number];
  /** `tooth`: every tooth draws its own period; `run`: one period for the whole run. */
  readonly drawn: 'run' | 'tooth';
  /** The same phase in every replicate: the worst case for a fixed window. */
  readonly locked?: boolean;
}

/** How memory behaves without a leak. */
export interface NoiseKind {
  readonly steps: 'nginx' | 'bare' | 'none';
  /** Spread of a growth that differs from run to run, bytes per request at 75/s. */
  readonly runSlope: { readonly deviation: number; readonly tail: 'normal' | 't3' };
  /** Growth per request that every run of this software has. */
  readonly ownGrowth: { readonly mean: number; readonly deviation: number };
  /** Deviation of memory that comes and goes within about 20 s. */
  readonly churn: number;
  /** Deviation from second to second, and bursts of 0.4–1.9 MB. */
  readonly jitter: number;
  readonly bursts: boolean;
  readonly teeth: readonly SawtoothNoise[];
  /** Share of runs in which connections move to another worker: one step of 0.5–3.5 MB. */
  readonly imbalance: number;
  /** Start-up growth of a managed runtime, bytes, within about 8 s. */
  readonly climb: number;
}

const nginx: NoiseKind = {
  steps: 'nginx',
  runSlope: { deviation: 1, tail: 'normal' },
  ownGrowth: { mean: 0, deviation: 0 },
  churn: 0,
  jitter: 0,
  bursts: false,
  teeth: [],
  imbalance: 0,
  climb: 0,
};
const still: NoiseKind = { ...nginx, steps: 'none', runSlope: { deviation: 0, tail: 'normal' } };
const worker = (bytes: number, from: number, to: number): SawtoothNoise => ({
  bytes,
  period: [from, to],
  drawn: 'tooth',
});
const locked = (seconds: number): SawtoothNoise => ({
  bytes: 4e6,
  period: [seconds, seconds],
  drawn: 'run',
  locked: true,
});

/**
 * The kinds of method.md section 1, and three plain ones: nothing moves, a bare staircase, a runtime with uneven
 * collections.
 */
export const NOISE = {
  flat: still,
  staircase: { ...still, steps: 'bare' },
  plain: nginx,
  lua: { ...nginx, ownGrowth: { mean: 37, deviation: 5 }, churn: 80e3 },
  apache: { ...nginx, jitter: 20e3, bursts: true },
  saw: { ...nginx, teeth: [worker(6e6, 35, 75), worker(6e6, 35, 75)] },
  sawbig: { ...nginx, teeth: [worker(12e6, 35, 65), worker(12e6, 35, 65)] },
  sawslow: { ...nginx, teeth: [worker(30e6, 110, 190)] },
  sawlock55: { ...nginx, teeth: [locked(55)] },
  sawlock63: { ...nginx, teeth: [locked(63)] },
  runtime: {
    ...nginx,
    teeth: [
      { bytes: 6e6, period: [12, 30], drawn: 'tooth' },
      { bytes: 8e6, period: [60, 110], drawn: 'tooth' },
    ],
    climb: 45e6,
  },
  imbal: { ...nginx, imbalance: 0.08 },
  wild: { ...nginx, runSlope: { deviation: 6, tail: 't3' } },
} as const satisfies Record<string, NoiseKind>;

export type NoiseName = keyof typeof NOISE;
