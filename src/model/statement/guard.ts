import type { Teeth } from '../teeth.js';
import type { Nothing, Stated } from './stated.js';

/** A stretch of the judged window: so many requests (seconds, on an axis of seconds), and the time they take. */
export interface Stretch {
  readonly x: number;
  readonly seconds: number;
}

/** Growth that slows down or stops: the difference's growth in each half of the window. */
export interface Halves {
  readonly firstHalf: number;
  readonly secondHalf: number;
}

/** What the shape of the growth says, each with its numbers in the unit of the assessment. */
export interface GuardFacts {
  readonly step: {
    readonly unit: string;
    readonly height: number;
    readonly beside: number;
    /** The action under load that the step comes with. */
    readonly action: { readonly name: string; readonly requests: number } | null;
  };
  readonly fill: Halves & {
    readonly unit: string;
    readonly metric: string;
    readonly amplitude: number;
    readonly remaining: number;
    /** The plateau's own level; null where the level at the window's start is not known. */
    readonly plateau: number | null;
    readonly nearlyFullAt: Stretch;
    /** The plateau lies beyond what the search tries: its numbers are lower bounds. */
    readonly atLeast: boolean;
  };
  readonly 'fell-back': { readonly unit: string; readonly height: number; readonly gained: number };
  readonly late: { readonly unit: string; readonly lastThird: number; readonly whole: number };
  readonly settled: Halves & { readonly unit: string; readonly gained: number; readonly secondHalfBelow: number };
  readonly sawtooth: Teeth & { readonly unit: string; readonly metric: string; readonly needed: number };
  readonly 'not-confirmed': { readonly unit: string; readonly shown: number };
  readonly 'not-measured-longer': Nothing;
}
export type GuardStatement = Stated<GuardFacts>;
