import type { ArmName } from '../model/arm.js';

/** Memory that rises and falls again and again: medians over the replicates. */
export interface SawtoothFacts {
  readonly arm: ArmName;
  /** The largest fall, in the metric's own unit, and the lowest level. */
  readonly height: number;
  readonly floor: number;
  /** Cycles in the window (the field has this name in result.json). */
  readonly teeth: number;
  /** Length of one cycle: requests (seconds, if the axis has seconds), and seconds. */
  readonly period: { readonly x: number; readonly seconds: number };
  /** Whether the window holds enough cycles for a verdict. */
  readonly enough: boolean;
}
