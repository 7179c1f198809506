import type { Random } from '../generator/random.js';

/** The measurements of one trial, by name; yes and no are 1 and 0. Every trial of a cell has the same names. */
export type Observation = Readonly<Record<string, number>>;

/** One row of the bench: independent trials of one situation. */
export interface Cell {
  readonly name: string;
  readonly trials: number;
  readonly trial: (random: Random) => Observation;
}

export type Columns = Readonly<Record<string, readonly number[]>>;
/** Observations of a cell, by its name. */
export type Results = (cell: string) => Columns;

export interface Check {
  readonly claim: string;
  readonly ok: boolean;
  readonly found: string;
}

export interface Report {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes?: readonly string[];
  readonly checks: readonly Check[];
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly cells: readonly Cell[];
  readonly reports: (results: Results) => readonly Report[];
}

/** How many trials of each kind a run of the bench does. */
export interface Scale {
  readonly seed: number;
  /** Trials of a cheap row; expensive rows do a share of this. */
  readonly trials: number;
}
