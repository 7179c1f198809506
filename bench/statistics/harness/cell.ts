import type { Random } from '../generator/random.js';

/** What one trial measured, by name; yes and no are 1 and 0. Every trial of a cell gives the same names. */
export type Observation = Readonly<Record<string, number>>;

/** One row of the bench: independent trials of one situation. */
export interface Cell {
  readonly name: string;
  readonly trials: number;
  readonly trial: (random: Random) => Observation;
}

export type Columns = Readonly<Record<string, readonly number[]>>;
/** Observations of a cell by the cell's name. */
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

/** How many trials of each sort a run of the bench affords. */
export interface Scale {
  readonly seed: number;
  /** Trials of a cheap row; the dearer rows take a share of it. */
  readonly trials: number;
}
