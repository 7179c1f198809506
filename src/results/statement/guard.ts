import type { ArmName } from '../../model/arm.js';
import type { FindingKind } from '../../model/severity.js';
import type { SawtoothFacts } from '../sawtooth.js';
import type { NoFacts, Stated } from '../../model/stated.js';
import type { LeftOutReplicate, MissingReplicate } from './series-fault.js';

/** A stretch of the judged window: a number of requests (seconds, if the axis has seconds), and the time they take. */
export interface Stretch {
  readonly x: number;
  readonly seconds: number;
}

/** Growth that slows down or stops: the growth of the difference in each half of the window. */
interface Halves {
  readonly firstHalf: number;
  readonly secondHalf: number;
}

/** What the shape of the growth says, each with its numbers in the unit of the assessment. */
export interface GuardFacts {
  readonly step: {
    readonly unit: string;
    readonly steps: 1 | 2;
    /** Height of all steps together. */
    readonly height: number;
    readonly beside: number;
    /** The action under load at which the step happens. */
    readonly action: { readonly name: string; readonly requests: number } | null;
  };
  readonly fill: Halves & {
    readonly unit: string;
    readonly metric: string;
    readonly amplitude: number;
    readonly remaining: number;
    /** The level of the plateau; null if the level at the window's start is not known. */
    readonly plateau: number | null;
    readonly nearlyFullAt: Stretch;
    /** The plateau is higher than the search can find: its numbers are lower bounds. */
    readonly atLeast: boolean;
  };
  /** Growth that slows down like a logarithm, or like a fill beside a leak. The window cannot tell which. */
  readonly slowing: Halves & { readonly unit: string };
  /**
   * Growth that has stopped: `after` is the growth of the last 1/`parts` of the window, `before` is the growth before
   * that.
   */
  readonly stopped: {
    readonly unit: string;
    readonly parts: number;
    readonly before: number;
    readonly after: number;
  };
  readonly 'fell-back': { readonly unit: string; readonly height: number; readonly gained: number };
  /** The baseline gives memory back, and the candidate does not surely grow by more than the margin. */
  readonly 'baseline-falls': {
    readonly unit: string;
    readonly baseline: number;
    readonly candidate: number;
    /** The candidate surely grows by more than this. */
    readonly candidateLower: number;
    readonly margin: number;
  };
  /** The growth of the last 1/`parts` of the window. */
  readonly late: {
    readonly unit: string;
    readonly parts: number;
    readonly end: number;
    readonly whole: number;
    /** How fast it may grow there; null if that is surely above the margin. */
    readonly upTo: number | null;
  };
  /** Memory is given back during the window. This may hide growth. Growth in the first and in the last third. */
  readonly masked: {
    readonly unit: string;
    readonly first: number;
    readonly last: number;
    /** The growth that may remain when nothing more is given back; null if it has no upper bound. */
    readonly upper: number | null;
    /**
     * How long after the window's end so little is given back that it hides no more than the margin; null if unknown.
     */
    readonly over: Stretch | null;
  };
  /** The difference fell by `height` at once. Beside this fall it grows, by less than `upper`. */
  readonly 'masked-by-drop': {
    readonly unit: string;
    readonly height: number;
    readonly beside: number;
    readonly upper: number;
  };
  /** Readings are rounded, and one rounded step over the window is more than the margin. */
  readonly coarse: {
    readonly unit: string;
    readonly metric: string;
    readonly resolution: number;
    readonly margin: number;
    /** The shortest window in which one rounded step is no more than the margin. */
    readonly needed: Stretch;
  };
  /** The window has too few readings to show the shape of the growth. */
  readonly few: {
    readonly unit: string;
    readonly readings: number;
    /** A window that has enough readings at the same pace. */
    readonly needed: Stretch;
  };
  readonly settled: Halves & { readonly unit: string; readonly gained: number; readonly secondHalfBelow: number };
  readonly sawtooth: SawtoothFacts & { readonly unit: string; readonly metric: string; readonly needed: number };
  /** The memory of one arm did not change by one byte during this many requests (seconds). */
  readonly stuck: { readonly arm: ArmName; readonly x: number; readonly unit: string };
  /** The readings of one arm moved all along, and are the same to the byte for at least so long at the window's end. */
  readonly 'stuck-end': { readonly arm: ArmName; readonly seconds: number };
  /** Replicates of which this service, or everything, was not measured to the end. */
  readonly 'partly-measured': {
    readonly missing: readonly MissingReplicate[];
    readonly unfinished: readonly LeftOutReplicate[];
  };
  /** Trials whose idle phase was planned long enough to show growth with time, and was not read. */
  readonly 'idle-not-measured': { readonly missing: readonly MissingReplicate[] };
  /** Findings that would fail the run, and whose measures were not read in two replicates or more. */
  readonly 'usage-not-measured': { readonly findings: readonly FindingKind[] };
  /** Without requests memory probably grows, and not surely by less than the margin; `seconds` were measured. */
  readonly 'may-grow-with-time': {
    readonly unit: string;
    readonly growth: number;
    readonly upTo: number;
    readonly margin: number;
    readonly seconds: number;
  };
  readonly 'not-confirmed': { readonly unit: string; readonly shown: number };
  readonly 'not-measured-longer': NoFacts;
  /** The live heap does not grow as much, or not as steadily; mean over the replicates, in each half of the window. */
  readonly 'live-heap-differs': Halves & { readonly unit: string; readonly live: number };
  readonly 'live-heap-unread': NoFacts;
  /** Only these requests were sent, again and again. */
  readonly 'requests-repeated': { readonly requests: number };
}
export type GuardStatement = Stated<GuardFacts>;
