import type { ArmName } from './arm.js';

/** Memory that is collected in turns, median over replicates. */
export interface Teeth {
  readonly arm: ArmName;
  /** Largest fall, in the metric's own unit, and the level it falls back to. */
  readonly height: number;
  readonly floor: number;
  /** Falls in the window, and what lies between two of them: requests (seconds on an axis of seconds) and seconds. */
  readonly teeth: number;
  readonly period: { readonly x: number; readonly seconds: number };
  /** The window holds periods enough to decide. */
  readonly enough: boolean;
}
