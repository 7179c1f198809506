import { describe, expect, it } from 'vitest';
import { describeSawtooth, measureFalls, sawtoothFloor } from '../../src/statistics/estimators/drawdown.js';
import { fUpperQuantile } from '../../bench/statistics/peers/f-distribution.js';
import { bestTimeConstant, fitBesideFill } from '../../src/statistics/estimators/fill-fit.js';
import { holmAdjusted } from '../../src/procedure/holm.js';
import { moderatedMean } from '../../bench/statistics/peers/moderated-t.js';
import { fitLine, olsSlope } from '../../src/statistics/estimators/ols.js';
import {
  interval,
  lowerBound,
  pAtMost,
  replicateMean,
  upperBound,
} from '../../src/statistics/estimators/replicate-mean.js';
import { segmentSlopes } from '../../src/statistics/estimators/segment-slopes.js';
import { fitHinge, fitStep } from '../../src/statistics/estimators/step-fit.js';
import { floorOf } from '../../src/statistics/estimators/variance-floor.js';
import { welchTest } from '../../bench/statistics/peers/welch.js';
import { reference } from './reference/index.js';

/** The numbers printed in method.md section 7 are typed in here; the rest comes from reference.json. */
describe('reference checks', () => {
  it('R1 slopes', () => {
    const { x, y, slope, slopeError } = reference.r1;
    const line = fitLine(x, y);
    expect(line.slope).toBeNear(slope, 1e-12);
    expect(line.slope).toBeNear(25.87631746031746, 1e-12);
    expect(line.slopeError).toBeNear(slopeError, 1e-10);
    expect(line.slopeError).toBeNear(4.1157324309921615, 1e-10);
  });

  it('R3 paired differences', () => {
    const { baseline, candidate, five, three } = reference.r3;
    const differences = candidate.map((value: number, i: number) => value - baseline[i]);
    for (const [count, expected] of [
      [5, five],
      [3, three],
    ] as const) {
      const estimate = replicateMean(differences.slice(0, count), 0);
      expect(estimate.mean).toBeNear(expected.mean, 1e-12);
      expect(estimate.sampleDeviation).toBeNear(expected.sd, 1e-12);
      expect(estimate.mean / estimate.standardError).toBeNear(expected.t, 1e-12);
      expect(interval(estimate, 0.95).lower).toBeNear(expected.low, 1e-10);
      expect(interval(estimate, 0.95).upper).toBeNear(expected.high, 1e-10);
      for (const [margin, p] of expected.pAtMost) expect(pAtMost(estimate, margin)).toBeNear(p, 1e-10);
    }
    const all = replicateMean(differences, 0);
    expect(all.sampleDeviation).toBeNear(2.834960317182589);
    expect(pAtMost(all, 16)).toBeNear(0.00011292741593515852);
    expect(pAtMost(replicateMean(differences.slice(0, 3), 0), 16)).toBeNear(0.008881040779473203);
  });

  it('R4 Welch', () => {
    const test = welchTest(reference.r3.baseline, reference.r3.candidate, 0.95);
    expect(test.t).toBeNear(13.805572095071472);
    expect(test.degreesOfFreedom).toBeNear(5.496390029312028);
    expect(test.lower).toBeNear(26.216282260684057);
    expect(test.upper).toBeNear(37.82371773831594);
    expect(test.p).toBeNear(reference.r4.p, 1e-10);
  });

  it('R5 the variance floor', () => {
    for (const { values, requests, floor, sd, low, high, lower99, upper95 } of reference.r5) {
      const size = floorOf({ quantum: 49_152, requests, sawtooth: 0 });
      const estimate = replicateMean(values, size);
      expect(size).toBeNear(floor, 1e-12);
      expect(estimate.sampleDeviation).toBeNear(sd, 1e-12);
      expect(interval(estimate, 0.95).lower).toBeNear(low, 1e-9);
      expect(interval(estimate, 0.95).upper).toBeNear(high, 1e-9);
      expect(lowerBound(estimate, 0.01)).toBeNear(lower99, 1e-9);
      expect(upperBound(estimate, 0.05)).toBeNear(upper95, 1e-9);
    }
    const flat = replicateMean([0, 0, 0], 49_152 / 8925);
    expect(flat.floorActive).toBe(true);
    expect(upperBound(flat, 0.05)).toBeNear(9.28438302068403);
    expect(interval(flat, 0.95).upper).toBeNear(13.680710007007747);
    expect(lowerBound(replicateMean([18, 22, 20, 19, 21], 49_152 / 22_425), 0.01)).toBeNear(16.32716570316437);
  });

  it('R6 moderated t, and its fall back when the sample is noisier than the prior', () => {
    const { values, priorDf, priorDeviation, p, halfWidth95 } = reference.r6;
    const estimate = moderatedMean(values, { degreesOfFreedom: priorDf, deviation: priorDeviation }, 0);
    expect(estimate.deviation ** 2).toBeNear(8.333333333333334);
    expect(estimate.mean / estimate.standardError).toBeNear(3.6);
    expect(estimate.degreesOfFreedom).toBe(6);
    expect(pAtMost(estimate, 0)).toBeNear(p, 1e-10);
    expect(interval(estimate, 0.95).upper - estimate.mean).toBeNear(halfWidth95, 1e-10);
    expect(fUpperQuantile(0.05, 2, 4)).toBeNear(6.944271909999155);
    expect(fUpperQuantile(0.05, 4, 5)).toBeNear(5.192167772803923);
    expect(moderatedMean([0, 20, 40], { degreesOfFreedom: 4, deviation: 3 }, 0).degreesOfFreedom).toBe(2);
  });

  it('R7 Holm', () => {
    const adjusted = holmAdjusted(reference.r7.p);
    for (const [i, value] of reference.r7.adjusted.entries()) expect(adjusted[i]).toBeNear(value, 1e-12);
    expect(adjusted.map((p) => Math.round(p * 1e4) / 1e4)).toEqual([0.0032, 0.06, 0.0063, 0.6, 0.16, 1, 0.0372, 1]);
  });

  it('R9 fills: the halves of an exponential have slopes in the ratio exp(−W/2τ)', () => {
    for (const { window, tau, slope, first, second } of reference.r9) {
      const time = Array.from({ length: window }, (_, t) => t);
      const curve = { x: time.map((t) => 75 * t), y: time.map((t) => 25e6 * (1 - Math.exp(-t / tau))) };
      const [b1, b2] = segmentSlopes(curve, 2) as [number, number];
      expect(olsSlope(curve.x, curve.y)).toBeNear(slope, 1e-9);
      expect(b1).toBeNear(first, 1e-9);
      expect(b2).toBeNear(second, 1e-9);
      expect(b2 / b1).toBeNear(Math.exp(-window / 2 / tau), 1e-9);
    }
    expect(reference.r9[0].slope).toBeNear(929.7692271792896);
    expect(reference.r9[0].first).toBeNear(1673.2575786094742);
    expect(reference.r9[1].slope).toBeNear(692.0742061762473);
  });

  it('R10 drawdowns of a sawtooth', () => {
    const falls = measureFalls(reference.r10.y);
    expect(falls).toEqual({ drawdown: 15e6, decreases: 29e6, cycle: 15e6 });
    const sawtooth = describeSawtooth([falls]);
    expect(sawtooth.cycles).toBeNear(29 / 15);
    expect(sawtoothFloor(sawtooth, 22_425)).toBeNear(172.99042786, 1e-9);
    expect(sawtoothFloor(sawtooth, 22_425)).toBeNear(reference.r10.floor, 1e-12);
  });

  it('R11 the step fit', () => {
    const { x, y, plain, noisy } = reference.r11;
    const fit = fitStep({ x, y });
    expect(fit.slope).toBeNear(5, 1e-9);
    expect(fit.change).toBeNear(18e6, 1e-9);
    expect(fit.index).toBe(20);
    expect(olsSlope(x, y)).toBeNear(1084.6332314531815);
    expect(olsSlope(x, y)).toBeNear(plain, 1e-10);
    const rough = fitStep({ x, y: noisy.y });
    expect(rough.slope).toBeNear(noisy.slope, 1e-8);
    expect(rough.change).toBeNear(noisy.height, 1e-8);
    expect(rough.residual).toBeNear(noisy.residual, 1e-8);
    expect(rough.index).toBe(noisy.index);
    const hinge = fitHinge({ x, y: noisy.y });
    expect(hinge.residual).toBeNear(noisy.hingeResidual, 1e-8);
    expect(hinge.index).toBe(noisy.hingeIndex);
  });

  it('the linear part beside a fill', () => {
    const { x, y, tau, slope } = reference.fill;
    expect(bestTimeConstant({ x, y })).toBeNear(tau);
    expect(fitBesideFill({ x, y }, tau).slope).toBeNear(slope, 1e-8);
  });
});
