import type { ArmName } from './arm.js';
import type { ErrorCode } from './error-codes.js';
import type { Stated } from './stated.js';

/** How one arm took one step of the ramp. */
export interface RampAnswer {
  readonly planned: number;
  readonly answered: number;
  readonly seconds: number;
  /** Medians, milliseconds. */
  readonly lateness: number;
  readonly latency: number;
}

/** Why an arm did not sustain a rate. */
export interface RampObjectionFacts {
  /** A sentence as an older version of slopegate wrote it, when objections had no codes. */
  readonly 'older-objection': { readonly text: string };
  readonly 'requests-unanswered': { readonly arm: ArmName; readonly unanswered: number; readonly planned: number };
  readonly 'sent-too-slowly': {
    readonly arm: ArmName;
    readonly planned: number;
    readonly seconds: number;
    readonly dueSeconds: number;
  };
  /** Medians. */
  readonly 'sent-late': { readonly arm: ArmName; readonly milliseconds: number };
  readonly 'answered-slowly': { readonly arm: ArmName; readonly milliseconds: number };
  /** `error` is a code of docs/errors.md. */
  readonly 'replay-ended': { readonly arm: ArmName; readonly error: ErrorCode; readonly message: string };
}
export type RampObjection = Stated<RampObjectionFacts>;

export interface RampStep {
  /** Requests per second to each arm. */
  readonly rate: number;
  readonly arms: Readonly<Partial<Record<ArmName, RampAnswer>>>;
  /** Why this rate is too high, for each arm that did not sustain it; empty if both did. */
  readonly objections: readonly RampObjection[];
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
