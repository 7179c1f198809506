import { expect, it } from 'vitest';
import { serialise } from '../../src/drawing/index.js';
import { endLabels, endsOf } from '../../src/drawing/plot/end-labels.js';
import { scale } from '../../src/drawing/plot/scale.js';

const X = scale(0, 10, 48, 388);
const Y = scale(0, 100, 196, 22);

/** Where each name stands, for curves that end at these values. */
function names(baseline: number, candidate: number): Record<string, number> {
  const curve = (arm: 'baseline' | 'candidate', value: number): Parameters<typeof endsOf>[0][number] => ({
    arm,
    replicate: 1,
    index: 0,
    x: [0, 10],
    time: [0, 1],
    values: [0, value],
    window: [0, 10],
  });
  const text = serialise(endLabels(endsOf([curve('baseline', baseline), curve('candidate', candidate)], X, Y)));
  return Object.fromEntries([...text.matchAll(/ y="([\d.]+)">(\w+)/g)].map(([, y, name]) => [name ?? '', Number(y)]));
}

it('puts each name above the end of its curve', () => {
  const { baseline = 0, candidate = 0 } = names(10, 80);
  expect(baseline).toBeLessThan(Y(10));
  expect(baseline).toBeGreaterThan(Y(25));
  expect(candidate).toBeLessThan(Y(80));
});

it('puts the name of the lower curve below it if both end near each other', () => {
  const { baseline = 0, candidate = 0 } = names(52, 50);
  expect(baseline).toBeLessThan(Y(52));
  expect(candidate).toBeGreaterThan(Y(50));
  expect(candidate - baseline).toBeGreaterThan(12);
});

it('keeps the names inside the picture', () => {
  const { candidate = 0 } = names(0, 100);
  expect(candidate).toBeGreaterThan(22);
  const both = names(0, 1);
  expect(both['baseline']).toBeLessThan(196);
  expect((both['baseline'] ?? 0) - (both['candidate'] ?? 0)).toBeGreaterThan(12);
});
