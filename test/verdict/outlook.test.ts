import { describe, expect, it } from 'vitest';
import { replicatesNeeded, windowFactor } from '../../src/verdict/outlook.js';

/** Three replicates with differences of −25, 30 and −5 against a margin of 32: the mean is 0, the spread 27.8. */
const service = {
  difference: { value: 0, lower: -69, upper: 69, confidence: 0.95 },
  margin: 32,
  standardDeviation: 27.84,
  floor: { value: 3, active: false, source: 'step' },
  replicates: Array.from({ length: 3 }, (_, index) => ({
    replicate: index + 1,
    baseline: 0,
    candidate: 0,
    difference: 0,
    requests: 22_500,
    seconds: 300,
  })),
} as const;

describe('how many replicates would decide', () => {
  it('is computed with the alpha that the look may spend', () => {
    expect(replicatesNeeded(service, { fail: 0.01, pass: 0.05 })).toBe(5);
    expect(replicatesNeeded(service, { fail: 0.01, pass: 0.025 })).toBe(6);
    expect(replicatesNeeded(service, { fail: 0.01, pass: 0.005 })).toBe(9);
  });

  it('uses the alpha of FAIL if the difference is above the margin', () => {
    const above = { ...service, difference: { ...service.difference, value: 64 } };
    expect(replicatesNeeded(above, { fail: 0.05, pass: 0.005 })).toBe(5);
    expect(replicatesNeeded(above, { fail: 0.005, pass: 0.05 })).toBe(9);
  });

  it('so is the length of a window', () => {
    const generous = windowFactor(service, { fail: 0.01, pass: 0.05 });
    expect(windowFactor(service, { fail: 0.01, pass: 0.005 })).toBeGreaterThan(generous);
  });
});
