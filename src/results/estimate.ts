/** A number with its interval. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided confidence of the interval, 0…1. */
  readonly confidence: number;
}
