import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Values computed by scipy and statsmodels; reference.py says how. */
export const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8'));

/** Equal to within a relative error (an absolute one where the expected value is 0). */
export function expectClose(actual: number, expected: number, tolerance: number = 1e-6): void {
  const error = Math.abs(actual - expected) / (expected === 0 ? 1 : Math.abs(expected));
  expect(error, `${actual} against ${expected}`).toBeLessThan(tolerance);
}
