import { describe, expect, it } from 'vitest';
import { fUpperQuantile } from '../../bench/statistics/peers/f-distribution.js';
import { incompleteBeta } from '../../src/statistics/distributions/incomplete-beta.js';
import { logGamma } from '../../src/statistics/distributions/log-beta.js';
import { normalUpperQuantile, normalUpperTail } from '../../src/statistics/distributions/normal.js';
import { tUpperQuantile, tUpperTail } from '../../src/statistics/distributions/student-t.js';
import { reference } from './reference/index.js';

describe('distributions against scipy', () => {
  it('t upper tails to 1e-10, out to 1e6 standard errors', () => {
    for (const [t, df, p] of reference.r2.upperTail) expect(tUpperTail(t, df)).toBeNear(p, 1e-10);
  });

  it('t quantiles to 1e-10, from near the middle down to a tail of 1e-15', () => {
    for (const [alpha, df, t] of reference.r2.quantile) expect(tUpperQuantile(alpha, df)).toBeNear(t, 1e-10);
  });

  it('F quantiles, ln gamma and the incomplete beta function', () => {
    for (const [alpha, d1, d2, f] of reference.r2.fQuantile) expect(fUpperQuantile(alpha, d1, d2)).toBeNear(f, 1e-10);
    for (const [x, value] of reference.r2.logGamma) expect(logGamma(x)).toBeNear(value, 1e-12);
    for (const [a, b, x, value] of reference.r2.incompleteBeta) expect(incompleteBeta(a, b, x)).toBeNear(value, 1e-11);
  });

  it('the normal tail and its quantiles', () => {
    for (const [z, p] of reference.r2.normal) expect(normalUpperTail(z)).toBeNear(p, 1e-12);
    for (const [alpha, z] of reference.r2.normalQuantile) expect(normalUpperQuantile(alpha)).toBeNear(z, 1e-12);
    expect(() => normalUpperQuantile(0)).toThrow(RangeError);
  });

  it('R2: the quantiles printed in the method', () => {
    const printed = [
      [0.05, 2, 2.919986],
      [0.05, 4, 2.131847],
      [0.05, 7, 1.894579],
      [0.025, 2, 4.302653],
      [0.025, 4, 2.776445],
      [0.025, 7, 2.364624],
      [0.01, 2, 6.964557],
      [0.01, 4, 3.746947],
      [0.01, 7, 2.997952],
      [0.002, 2, 15.763915],
      [0.003, 4, 5.321376],
      [0.005, 7, 3.499483],
      [0.015, 4, 3.29763],
    ] as const;
    for (const [alpha, df, t] of printed) expect(tUpperQuantile(alpha, df)).toBeNear(t);
    const tails = [
      [2.5, 2, 0.0648058601107554],
      [3.2, 4, 0.01645040530046948],
      [-1.1, 4, 0.8334581752262229],
      [6.1, 7, 0.00024554076816119295],
      [40, 2, 0.0003122073360923703],
    ] as const;
    for (const [t, df, p] of tails) expect(tUpperTail(t, df)).toBeNear(p, 1e-12);
  });

  it('is symmetric, with correct values at its ends', () => {
    expect(tUpperQuantile(0.5, 3)).toBe(0);
    expect(tUpperQuantile(0.975, 4)).toBeNear(-2.7764451051977987, 1e-12);
    expect(tUpperTail(Infinity, 2)).toBe(0);
    expect(tUpperTail(-Infinity, 2)).toBe(1);
    expect(tUpperTail(1e200, 2)).toBeGreaterThanOrEqual(0);
  });

  it('refuses what is undefined', () => {
    expect(() => tUpperTail(Number.NaN, 2)).toThrow(RangeError);
    expect(() => tUpperTail(1, 0)).toThrow(RangeError);
    expect(() => tUpperQuantile(0, 2)).toThrow(RangeError);
    expect(() => incompleteBeta(1, 1, 2)).toThrow(RangeError);
    expect(() => fUpperQuantile(1, 2, 2)).toThrow(RangeError);
  });
});
