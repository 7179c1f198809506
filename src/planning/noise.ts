import { deviationAt, NOISE_BY_LENGTH, TYPICAL_NOISE, type NoisePoint } from '../procedure/noise-table.js';

/** How much slopes vary here, and how this is known. */
export interface Noise {
  readonly calibrated: boolean;
  /** In words, for the reader of the plan. */
  readonly source: string;
  /** Standard deviation of a replicate's difference with a window of so many seconds, bytes per request. */
  at(seconds: number): number;
}

export function typicalNoise(): Noise {
  return {
    calibrated: false,
    source:
      'uncalibrated: uses the noise of nginx with ModSecurity (docs/calibration.md). Lua, Apache and garbage ' +
      'collectors have more; "slopegate calibrate" measures yours',
    at: (seconds) => deviationAt(TYPICAL_NOISE, seconds),
  };
}

export function measuredNoise(points: readonly NoisePoint[], source: string): Noise {
  return { calibrated: true, source, at: (seconds) => deviationAt(points, seconds, NOISE_BY_LENGTH) };
}
