import { fUpperQuantile } from '../peers/f-distribution.js';

/** Numbers of one cell in the words of the tables. */

export function count(values: readonly number[] | undefined): number {
  return (values ?? []).reduce((sum, value) => sum + value, 0);
}

export function share(values: readonly number[] | undefined): number {
  return values === undefined || values.length === 0 ? Number.NaN : count(values) / values.length;
}

export function deviation(values: readonly number[]): number {
  const mean = share(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** The value that a fraction `q` lies below, by linear interpolation. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const low = Math.floor(position);
  const left = sorted[low] ?? Number.NaN;
  return left + (position - low) * ((sorted[low + 1] ?? left) - left);
}

/** Clopper–Pearson: the rate is at most this, with 95 % confidence, after `hits` in `trials`. */
export function rateAtMost(hits: number, trials: number): number {
  if (hits >= trials) return 1;
  const f = fUpperQuantile(0.05, 2 * (hits + 1), 2 * (trials - hits));
  return ((hits + 1) * f) / (trials - hits + (hits + 1) * f);
}

/**
 * Clopper–Pearson: the rate is at least this, with 99.9 % confidence. If this is above a bound, the bound is surely
 * broken.
 */
export function rateAtLeast(hits: number, trials: number): number {
  if (hits === 0) return 0;
  return hits / (hits + (trials - hits + 1) * fUpperQuantile(0.001, 2 * (trials - hits + 1), 2 * hits));
}

export function percent(value: number): string {
  if (Number.isNaN(value)) return '–';
  const hundred = 100 * value;
  return hundred === 0 ? '0' : hundred < 1 ? hundred.toFixed(2) : hundred < 99.95 ? hundred.toFixed(1) : '100';
}

/** `0.05 (≤ 0.24)`: the rate in percent and its upper bound. */
export function bounded(values: readonly number[] | undefined): string {
  const trials = values?.length ?? 0;
  return `${percent(share(values))} (≤ ${percent(rateAtMost(count(values), trials))})`;
}

export function figure(value: number): string {
  return Number.isNaN(value) ? '–' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}
