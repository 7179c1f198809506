import type { CompareOptions, ReadOptions } from '../../src/index.js';
import type { Random } from './random.js';

/** One damaged input. */
export interface FuzzInput {
  /** Contents by name, to be written into one folder where the command line runs. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly run: RunAs;
  /** Whether exit code 0 is right for some inputs of this kind. */
  readonly mayPass: boolean;
  /** How it was damaged: inputs are counted by it. */
  readonly way: string;
}

/**
 * How an input is tried: by the whole command line on files, or by the same functions in memory, which takes a fraction
 * of the time.
 */
export type RunAs =
  | { readonly as: 'command'; readonly argv: readonly string[] }
  | { readonly as: 'recording' }
  | { readonly as: 'series'; readonly read: ReadOptions; readonly compare: CompareOptions };

/** Stands for the input's own folder in a command line. */
export const FOLDER = '(folder)';

/** A source of damaged inputs; the same random numbers give the same input. */
export interface FuzzKind {
  readonly name: string;
  make(random: Random): FuzzInput;
}
