import type { ArmName } from './arm.js';

/** How one arm took one step of the ramp. */
export interface RampAnswer {
  readonly planned: number;
  readonly answered: number;
  readonly seconds: number;
  /** Medians, milliseconds. */
  readonly lateness: number;
  readonly latency: number;
}

export interface RampStep {
  /** Requests per second to each arm. */
  readonly rate: number;
  readonly arms: Readonly<Partial<Record<ArmName, RampAnswer>>>;
  /** Why this rate is too high, in words; null if it was sustained. */
  readonly objection: string | null;
}

/** How `traffic.rate: auto` found its rate. */
export interface RateRamp {
  readonly steps: readonly RampStep[];
  /** The highest rate that the slower arm sustained. */
  readonly sustained: number;
  /** Share of it that the run uses. */
  readonly share: number;
  readonly rate: number;
}
