import { leak, none, type Growth } from '../generator/growth.js';
import type { NoiseName } from '../generator/noise-kinds.js';
import type { Service } from '../generator/pair.js';

/** The same noise on both arms. The candidate grows by `growth` in addition. */
export const alike = (noise: NoiseName, growth: Growth = none): Service => ({
  baseline: noise,
  candidate: noise,
  growth,
});

/** The versions have different noise, and neither leaks. */
export const mismatched = (baseline: NoiseName, candidate: NoiseName): Service => ({
  baseline,
  candidate,
  growth: none,
});

export const leaking = (noise: NoiseName, bytesPerRequest: number): Service => alike(noise, leak(bytesPerRequest));

/** Every noise without a leak under which a FAIL would be a false alarm, by the name of its row. */
export const HARMLESS: Readonly<Record<string, Service>> = {
  flat: alike('flat'),
  staircase: alike('staircase'),
  'nginx-like': alike('plain'),
  'lua (own growth)': alike('lua'),
  'apache (bursts)': alike('apache'),
  'sawtooth 6 MB': alike('saw'),
  'sawtooth 12 MB': alike('sawbig'),
  'slow sawtooth 30 MB': alike('sawslow'),
  'locked sawtooth 55 → 63 s': mismatched('sawlock55', 'sawlock63'),
  'runtime GC': alike('runtime'),
  'worker imbalance': alike('imbal'),
  'heavy-tailed growth': alike('wild'),
  'nginx-like → sawtooth': mismatched('plain', 'saw'),
  'sawtooth → nginx-like': mismatched('saw', 'plain'),
  'nginx-like → slow sawtooth': mismatched('plain', 'sawslow'),
  'nginx-like → runtime GC': mismatched('plain', 'runtime'),
  'flat → staircase': mismatched('flat', 'staircase'),
  'flat → heavy-tailed': mismatched('flat', 'wild'),
  'nginx-like → imbalance': mismatched('plain', 'imbal'),
  'common-cause steps': { ...alike('plain'), commonSteps: 1 },
};

/** Services that are judged together. */
export interface Stack {
  readonly services: readonly Service[];
  /** How often the host stands still for all of them at once. */
  readonly stallsPerMinute: number;
}

const eight = Array.from({ length: 8 }, () => alike('plain'));
const lua = [...eight.slice(2), alike('lua'), alike('lua')];
const mixed = [...eight.slice(5), alike('lua'), alike('lua'), alike('apache'), alike('saw'), alike('imbal')];

/** Stacks of eight services without a leak. */
export const STACKS: Readonly<Record<string, Stack>> = {
  '8 nginx-like': { services: eight, stallsPerMinute: 0 },
  '6 nginx-like, 2 lua': { services: lua, stallsPerMinute: 0 },
  '3 nginx-like, 2 lua, apache, sawtooth, imbalance': { services: mixed, stallsPerMinute: 0 },
  '8 nginx-like, a stall in 4 minutes': { services: eight, stallsPerMinute: 0.25 },
  '8 nginx-like, a stall a minute': { services: eight, stallsPerMinute: 1 },
  '6 nginx-like, 2 lua, a stall a minute': { services: lua, stallsPerMinute: 1 },
};
