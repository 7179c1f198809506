import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Values computed by scipy and statsmodels; reference.py says how. */
export const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8'));

interface RelativeMatchers<R> {
  /** Equal to within a relative error, 1e-6 if not stated (an absolute one where the expected value is 0). */
  toBeNear(expected: number, tolerance?: number): R;
}

declare module 'vitest' {
  interface Matchers<T> extends RelativeMatchers<T> {}
}

expect.extend({
  toBeNear(actual: number, expected: number, tolerance: number = 1e-6) {
    const error = Math.abs(actual - expected) / (expected === 0 ? 1 : Math.abs(expected));
    return {
      pass: error <= tolerance,
      message: () => `${actual} is not within ${tolerance} of ${expected}: relative error ${error}`,
    };
  },
});
