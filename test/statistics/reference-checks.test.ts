import { describe, expect, it } from 'vitest';
import { describeSawtooth, measureFalls, sawtoothFloor } from '../../src/statistics/drawdown.js';
import { fUpperQuantile } from '../../src/statistics/f-distribution.js';
import { bestTimeConstant, slopeBesideFill } from '../../src/statistics/fill-fit.js';
import { holmAdjusted } from '../../src/statistics/holm.js';
import { moderatedMean } from '../../src/statistics/moderated-t.js';
import { fitLine, olsSlope } from '../../src/statistics/ols.js';
import { interval, lowerBound, pAtLeast, pAtMost, replicateMean, upperBound } from '../../src/statistics/replicate-mean.js';
import { siegelSlope, theilSenSlope } from '../../src/statistics/robust-slopes.js';
import { segmentSlopes } from '../../src/statistics/segment-slopes.js';
import { signFlipP } from '../../src/statistics/sign-flip.js';
import { fitHinge, fitStep } from '../../src/statistics/step-fit.js';
import { floorOf } from '../../src/statistics/variance-floor.js';
import { welchTest } from '../../src/statistics/welch.js';
import { expectClose, reference } from './reference/index.js';

/** The numbers printed in method.md section 7 are typed in here; the rest comes from reference.json. */
describe('reference checks', () => {
  it('R1 slopes', () => {
    const { x, y, slope, slopeError, theilSen, siegel } = reference.r1;
    const line = fitLine(x, y);
    expectClose(line.slope, slope, 1e-12);
    expectClose(line.slope, 25.87631746031746, 1e-12);
    expectClose(line.slopeError, slopeError, 1e-10);
    expectClose(line.slopeError, 4.1157324309921615, 1e-10);
    expectClose(theilSenSlope(x, y), theilSen, 1e-12);
    expectClose(theilSenSlope(x, y), 23.92584126984127, 1e-12);
    expectClose(siegelSlope(x, y), siegel, 1e-12);
    expectClose(siegelSlope(x, y), 23.665777777777777, 1e-12);
  });

  it('R3 paired differences', () => {
    const { baseline, candidate, five, three } = reference.r3;
    const differences = candidate.map((value: number, i: number) => value - baseline[i]);
    for (const [count, expected] of [[5, five], [3, three]] as const) {
      const estimate = replicateMean(differences.slice(0, count), 0);
      expectClose(estimate.mean, expected.mean, 1e-12);
      expectClose(estimate.sampleDeviation, expected.sd, 1e-12);
      expectClose(estimate.mean / estimate.standardError, expected.t, 1e-12);
      expectClose(interval(estimate, 0.95).lower, expected.low, 1e-10);
      expectClose(interval(estimate, 0.95).upper, expected.high, 1e-10);
      for (const [margin, p] of expected.pAtMost) expectClose(pAtMost(estimate, margin), p, 1e-10);
      for (const [margin, p] of expected.pAtLeast) expectClose(pAtLeast(estimate, margin), p, 1e-10);
    }
    const all = replicateMean(differences, 0);
    expectClose(all.sampleDeviation, 2.834960317182589);
    expectClose(pAtMost(all, 16), 0.00011292741593515852);
    expectClose(pAtLeast(all, 64), 7.333621417617784e-6);
    expectClose(pAtMost(replicateMean(differences.slice(0, 3), 0), 16), 0.008881040779473203);
  });

  it('R4 Welch', () => {
    const test = welchTest(reference.r3.baseline, reference.r3.candidate, 0.95);
    expectClose(test.t, 13.805572095071472);
    expectClose(test.degreesOfFreedom, 5.496390029312028);
    expectClose(test.lower, 26.216282260684057);
    expectClose(test.upper, 37.82371773831594);
    expectClose(test.p, reference.r4.p, 1e-10);
  });

  it('R5 the variance floor', () => {
    for (const { values, requests, floor, sd, low, high, lower99, upper95 } of reference.r5) {
      const size = floorOf({ quantum: 49_152, requests, sawtooth: 0 });
      const estimate = replicateMean(values, size);
      expectClose(size, floor, 1e-12);
      expectClose(estimate.sampleDeviation, sd, 1e-12);
      expectClose(interval(estimate, 0.95).lower, low, 1e-9);
      expectClose(interval(estimate, 0.95).upper, high, 1e-9);
      expectClose(lowerBound(estimate, 0.01), lower99, 1e-9);
      expectClose(upperBound(estimate, 0.05), upper95, 1e-9);
    }
    const flat = replicateMean([0, 0, 0], 49_152 / 8925);
    expect(flat.floorActive).toBe(true);
    expectClose(upperBound(flat, 0.05), 9.28438302068403);
    expectClose(interval(flat, 0.95).upper, 13.680710007007747);
    expectClose(lowerBound(replicateMean([18, 22, 20, 19, 21], 49_152 / 22_425), 0.01), 16.32716570316437);
  });

  it('R6 moderated t, and its fall back when the sample is noisier than the prior', () => {
    const { values, priorDf, priorDeviation, p, halfWidth95 } = reference.r6;
    const estimate = moderatedMean(values, { degreesOfFreedom: priorDf, deviation: priorDeviation }, 0);
    expectClose(estimate.deviation ** 2, 8.333333333333334);
    expectClose(estimate.mean / estimate.standardError, 3.6);
    expect(estimate.degreesOfFreedom).toBe(6);
    expectClose(pAtMost(estimate, 0), p, 1e-10);
    expectClose(interval(estimate, 0.95).upper - estimate.mean, halfWidth95, 1e-10);
    expectClose(fUpperQuantile(0.05, 2, 4), 6.944271909999155);
    expectClose(fUpperQuantile(0.05, 4, 5), 5.192167772803923);
    expect(moderatedMean([0, 20, 40], { degreesOfFreedom: 4, deviation: 3 }, 0).degreesOfFreedom).toBe(2);
  });

  it('R7 Holm', () => {
    const adjusted = holmAdjusted(reference.r7.p);
    for (const [i, value] of reference.r7.adjusted.entries()) expectClose(adjusted[i] as number, value, 1e-12);
    expect(adjusted.map((p) => Math.round(p * 1e4) / 1e4)).toEqual([0.0032, 0.06, 0.0063, 0.6, 0.16, 1, 0.0372, 1]);
  });

  it('R8 sign flip', () => {
    expect(signFlipP([3, 5, -1, 8, 6])).toBe(reference.r8.p);
    expect(reference.r8.p).toBe(0.0625);
  });

  it('R9 fills: the halves of an exponential have slopes in the ratio exp(−W/2τ)', () => {
    for (const { window, tau, slope, first, second } of reference.r9) {
      const time = Array.from({ length: window }, (_, t) => t);
      const curve = { x: time.map((t) => 75 * t), y: time.map((t) => 25e6 * (1 - Math.exp(-t / tau))) };
      const [b1, b2] = segmentSlopes(curve, 2) as [number, number];
      expectClose(olsSlope(curve.x, curve.y), slope, 1e-9);
      expectClose(b1, first, 1e-9);
      expectClose(b2, second, 1e-9);
      expectClose(b2 / b1, Math.exp(-window / 2 / tau), 1e-9);
    }
    expectClose(reference.r9[0].slope, 929.7692271792896);
    expectClose(reference.r9[0].first, 1673.2575786094742);
    expectClose(reference.r9[1].slope, 692.0742061762473);
  });

  it('R10 drawdowns of a sawtooth', () => {
    const falls = measureFalls(reference.r10.y);
    expect(falls).toEqual({ drawdown: 15e6, decreases: 29e6 });
    const sawtooth = describeSawtooth([falls]);
    expectClose(sawtooth.teeth, 29 / 15);
    expectClose(sawtoothFloor(sawtooth, 22_425), 172.99042786, 1e-9);
    expectClose(sawtoothFloor(sawtooth, 22_425), reference.r10.floor, 1e-12);
  });

  it('R11 the step fit', () => {
    const { x, y, plain, noisy } = reference.r11;
    const fit = fitStep({ x, y });
    expectClose(fit.slope, 5, 1e-9);
    expectClose(fit.change, 18e6, 1e-9);
    expect(fit.index).toBe(20);
    expectClose(olsSlope(x, y), 1084.6332314531815);
    expectClose(olsSlope(x, y), plain, 1e-10);
    const rough = fitStep({ x, y: noisy.y });
    expectClose(rough.slope, noisy.slope, 1e-8);
    expectClose(rough.change, noisy.height, 1e-8);
    expectClose(rough.residual, noisy.residual, 1e-8);
    expect(rough.index).toBe(noisy.index);
    const hinge = fitHinge({ x, y: noisy.y });
    expectClose(hinge.residual, noisy.hingeResidual, 1e-8);
    expect(hinge.index).toBe(noisy.hingeIndex);
  });

  it('the linear part beside a fill', () => {
    const { x, y, tau, slope } = reference.fill;
    expectClose(bestTimeConstant({ x, y }), tau);
    expectClose(slopeBesideFill({ x, y }, tau), slope, 1e-8);
  });
});
