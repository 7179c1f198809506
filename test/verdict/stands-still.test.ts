import { describe, expect, it } from 'vitest';
import type { GatedSubject } from '../../src/evidence/index.js';
import type { Measured } from '../../src/verdict/service-assessment.js';
import { withoutStuckPass } from '../../src/verdict/stands-still.js';

const READINGS = 20;

/** So many different levels, and so many readings that differ from the one before. */
interface Movement {
  readonly levels: number;
  readonly changes: number;
}

const curve = (y: readonly number[]) => ({ x: y.map((_, i) => 75 * i), y });
const constant = curve(Array.from({ length: READINGS }, () => 30_000_000));
const moving = ({ levels, changes }: Movement) =>
  curve(Array.from({ length: READINGS }, (_, i) => 30_000_000 + 16_384 * (Math.min(i, changes) % levels)));

/** A PASS whose candidate does not move by one byte, while the baseline moves as stated in each replicate. */
function guardsOf(
  baselines: readonly Movement[],
  exact: boolean,
  candidates: readonly (Movement | null)[] = [],
): readonly string[] {
  const pass = { outcome: 'pass', metric: 'anon_bytes', guards: [] } as unknown as Measured;
  const replicates = baselines.map((one, i) => ({
    pair: { baseline: moving(one), candidate: candidates[i] ? moving(candidates[i]) : constant },
    stuckSeconds: {},
  }));
  const gated = { subject: { replicates, unit: 'bytes/request' } } as unknown as GatedSubject;
  return withoutStuckPass(pass, gated, exact).guards.map(({ name }) => name);
}

const AT_BOTH_THRESHOLDS = { levels: 8, changes: 10 };

describe('a candidate whose recorded memory never changes does not pass', () => {
  it('if the baseline has eight levels and changes at half of its readings', () => {
    expect(guardsOf([AT_BOTH_THRESHOLDS, AT_BOTH_THRESHOLDS], false)).toEqual(['STUCK']);
  });

  it.each([
    ['seven levels', { levels: 7, changes: 10 }],
    ['changes at 9 of 20 readings', { levels: 8, changes: 9 }],
  ])('but with only %s the readings may be rounded, and it passes', (_, rounded) => {
    expect(guardsOf([rounded, rounded], false)).toEqual([]);
  });

  it('but if the baseline rests in one of the replicates, it passes', () => {
    expect(guardsOf([AT_BOTH_THRESHOLDS, { levels: 8, changes: 9 }], false)).toEqual([]);
  });

  it("also if the baseline has few levels, if the readings are the kernel's own bytes", () => {
    expect(guardsOf([{ levels: 2, changes: 1 }], true)).toEqual(['STUCK']);
  });
});

describe('a candidate whose memory does not change in some replicates', () => {
  const restless = AT_BOTH_THRESHOLDS;
  const beside = (...candidates: (Movement | null)[]) =>
    guardsOf(
      candidates.map(() => restless),
      true,
      candidates,
    );

  it('does not pass if fewer than two others are left, in which it moves all the time', () => {
    expect(beside(restless, null)).toEqual(['STUCK']);
    expect(beside(restless, restless, null, null, null)).toEqual(['STUCK']);
  });

  it('passes if enough others are left, or if it rests there too', () => {
    expect(beside(restless, restless, null)).toEqual([]);
    expect(beside({ levels: 8, changes: 3 }, null)).toEqual([]);
  });
});
