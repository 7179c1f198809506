import { expect, test } from 'vitest';
import { rungsOf, type JudgedVersion } from '../../src/releases/index.js';
import type { Estimate, Result, VersionRun } from '../../src/results/index.js';

const near = (value: number, width = 3): Estimate => ({
  value,
  lower: value - width,
  upper: value + width,
  confidence: 0.95,
});

const runOf = (version: string): VersionRun => ({
  version,
  label: version,
  outcome: null,
  failure: null,
  run: null,
  reused: false,
});

/** A version whose service `waf` grows so much more than the first one, which grows by 10. */
function judged(version: string, difference: number | null, width = 3): JudgedVersion {
  const service = {
    role: 'waf',
    metric: 'unreclaimable_bytes',
    unit: 'bytes/request',
    judged: true,
    outcome: (difference ?? 0) > 32 ? 'fail' : 'pass',
    growth: { baseline: near(10), candidate: difference === null ? null : near(10 + difference) },
    difference: difference === null ? null : near(difference, width),
  };
  const services = [service, { ...service, role: 'origin', judged: false }];
  return { run: runOf(version), result: { verdict: { assessment: { services } } } as unknown as Result };
}

const FIRST: JudgedVersion = { run: runOf('1'), result: null };
const unjudged = (version: string): JudgedVersion => ({ run: runOf(version), result: null });

test('each version has its growth, its difference to the first one, and its difference to the one before', () => {
  const rungs = rungsOf([FIRST, judged('2', 40), judged('3', 100, 4)]);
  expect(rungs.map(({ services }) => services)).toMatchObject([
    [{ role: 'waf', outcome: null, growth: { value: 10 }, difference: null, step: null }],
    [
      {
        role: 'waf',
        outcome: 'fail',
        growth: { value: 50 },
        difference: { value: 40 },
        step: { value: 40, lower: 37 },
      },
    ],
    [{ role: 'waf', growth: { value: 110 }, step: { value: 60, lower: 55, upper: 65, confidence: 0.95 } }],
  ]);
});

test('services that are not judged are left out', () => {
  for (const { services } of rungsOf([FIRST, judged('2', 40)])) expect(services).toHaveLength(1);
});

test('after a version that was not judged, the next one has no step; nothing counts as a growth of 0', () => {
  const rungs = rungsOf([FIRST, unjudged('2'), judged('3', 100)]);
  expect(rungs.map(({ services }) => services)).toMatchObject([
    [{ growth: { value: 10 } }],
    [],
    [{ difference: { value: 100 }, step: null }],
  ]);
});

test('a service without a difference has no step, and the next version has none either', () => {
  const steps = rungsOf([FIRST, judged('2', 5), judged('3', null), judged('4', 50)]).map(
    ({ services }) => services[0]?.step?.value ?? null,
  );
  expect(steps).toEqual([null, 5, null, null]);
});

test('if no version was judged, nothing is known of the first one either', () => {
  expect(rungsOf([FIRST, unjudged('2')]).map(({ services }) => services)).toEqual([[], []]);
});
