import { describe, expect, it } from 'vitest';
import { falseDiscoveryAdjusted } from '../../src/procedure/benjamini-hochberg.js';

/** The example of Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995), section 3.2. */
const PUBLISHED = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

describe('falseDiscoveryAdjusted', () => {
  it('finds the four that the published example finds at 0.05, of which Bonferroni finds three', () => {
    const adjusted = falseDiscoveryAdjusted(PUBLISHED);
    expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
    expect(PUBLISHED.filter((p) => p <= 0.05 / PUBLISHED.length)).toHaveLength(3);
    expect(adjusted[3]).toBeCloseTo((15 * 0.0095) / 4, 12);
  });

  it('keeps the order of the input, and never adjusts a smaller p to a larger value', () => {
    expect(falseDiscoveryAdjusted([0.04, 0.01, 0.03])).toEqual([0.04, 0.03, 0.04]);
    expect(falseDiscoveryAdjusted([0.5])).toEqual([0.5]);
    expect(falseDiscoveryAdjusted([])).toEqual([]);
  });
});
