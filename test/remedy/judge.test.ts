import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRemedy, type RemedyEvidence } from '../../src/remedy/index.js';
import { evidence, MIB, reload, restart, sawtooth } from './samples.js';

const nothing = () => 0;
const codes = (given: RemedyEvidence) => judgeRemedy(given).reasons.map(({ code }) => code);
/** Noise of a known size, the same in every run of the tests. */
const noise = (size: number) => (number: number) => size * Math.sin(number * 12.9898);

describe('a restart', () => {
  const test = (leaves: (number: number) => number, changes = {}) =>
    judgeRemedy(evidence(sawtooth(10, leaves), 10, { remedy: restart, ...changes }));

  it('holds if the levels after restarts do not rise', () => {
    const judged = test(nothing);
    expect(judged).toMatchObject({ outcome: 'holds', reasons: [] });
    expect(judged.secondsToLimit).toEqual({ estimate: null, earliest: null });
    expect(judged.peak! / MIB).toBeCloseTo(30 + 1.86 + 3600 * 100 * (1 / 1024), 1);
  });

  it('leaks itself if they rise, with the bytes of each and the time that is left', () => {
    const judged = test(() => 0.7 * MIB);
    expect(judged.outcome).toBe('leaks-itself');
    expect(judged.left!.value / MIB).toBeCloseTo(0.7, 3);
    const room = 2048 * MIB - judged.peak!;
    expect(judged.secondsToLimit.estimate).toBeCloseTo((room / judged.left!.value) * 3600, 3);
    expect(judged.secondsToLimit.earliest!).toBeLessThan(judged.secondsToLimit.estimate!);
  });

  it('is not shown if the levels differ by much more than a restart gives back', () => {
    const jumps = [0, 1.5, -2.9, 2.6, -1.4, 0.3, 1.9, -2.2, 1.1, -0.9, 0.2];
    const judged = test((number) => (jumps[number] ?? 0) * 8 * MIB);
    expect(judged).toMatchObject({ outcome: 'not-shown', reasons: [{ code: 'remedy-unsteady' }] });
  });
});

describe('a reload, after which processes live on', () => {
  it('leaks itself if each leaves memory behind', () => {
    const judged = judgeRemedy(
      evidence(
        sawtooth(10, (n) => 0.7 * MIB + noise(0.1 * MIB)(n)),
        10,
      ),
    );
    expect(judged.outcome).toBe('leaks-itself');
    expect(judged.left!.lower).toBeLessThan(0.7 * MIB);
    expect(judged.left!.upper).toBeGreaterThan(0.7 * MIB);
    // What it leaves may be in proportion to the 180 times more requests of a real interval.
    expect(judged.secondsToLimit.earliest!).toBeLessThan(judged.secondsToLimit.estimate! / 180);
  });

  it('holds only if the upper end of its interval leaves enough time', () => {
    const calm = evidence(sawtooth(10, nothing), 10, { survive: 86_400, every: { tested: 20, meant: 40 } });
    const near = { ...calm, requestsBetween: { tested: 2000, meant: 4000 } };
    expect(judgeRemedy(near)).toMatchObject({ outcome: 'holds', reasons: [] });
    const long = { ...near, survive: 3000 * 86_400 };
    expect(judgeRemedy(long)).toMatchObject({ outcome: 'not-shown', reasons: [{ code: 'remedy-imprecise' }] });
  });

  it('is not shown if what it leaves becomes less and less', () => {
    const judged = judgeRemedy(
      evidence(
        sawtooth(10, (n) => 1.5 * MIB * 0.7 ** n),
        10,
      ),
    );
    expect(judged).toMatchObject({ outcome: 'not-shown', reasons: [{ code: 'remedy-slows' }] });
  });
});

describe.each([restart, reload])('$kind', (remedy) => {
  it('does not help if it gives back less than half', () => {
    const judged = judgeRemedy(evidence(sawtooth(10, nothing, 0.3), 10, { remedy }));
    expect(judged).toMatchObject({ outcome: 'no-help', reasons: [{ code: 'remedy-no-help' }] });
  });

  it('does not help if memory reaches the limit before it is applied again', () => {
    const limit = { bytes: 100 * MIB, source: 'limit' as const };
    const judged = judgeRemedy(evidence(sawtooth(10, nothing), 10, { remedy, limit }));
    expect(judged).toMatchObject({ outcome: 'no-help', reasons: [{ code: 'remedy-interval-too-long' }] });
  });
});

describe('what is missing never gives "holds"', () => {
  const good = evidence(sawtooth(10, nothing), 10, { remedy: restart });
  const [first, ...rest] = good.applications;

  it.each<[string, Partial<RemedyEvidence>, string]>([
    ['another image was tested', { isSameImage: false }, 'remedy-other-image'],
    ['the test was cut off', { cutOff: 'INTERRUPTED' }, 'remedy-cut-off'],
    ['the service ended', { ends: 1 }, 'remedy-service-ended'],
    ['an application did not succeed', failed(), 'remedy-failed'],
    ['there are too few', { applications: good.applications.slice(0, 4) }, 'remedy-too-few'],
    ['there are none', { applications: [] }, 'remedy-too-few'],
    ['a level is not known', { applications: [{ ...first!, after: null }, ...rest] }, 'remedy-too-few'],
    ['what is built up is not known', { without: { time: [], bytes: [], tasks: [] } }, 'remedy-growth-unknown'],
    [
      'processes from before still ran',
      { applications: good.applications.map((one, i) => ({ ...one, isUnsettled: i > 3 })) },
      'remedy-old-processes',
    ],
    ['memory did not grow', { growth: 10 * good.growth }, 'remedy-no-growth'],
  ])('%s', (_, changes, code) => {
    const given = { ...good, ...changes };
    expect(judgeRemedy(given).outcome).toBe('not-shown');
    expect(codes(given)).toContain(code);
  });

  function failed(): Partial<RemedyEvidence> {
    const failure = { code: 'STEP_FAILED', message: 'no such container' };
    return { applications: [{ ...first!, failure }, ...rest] };
  }

  it('levels that are left out at random never make it hold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom('before' as const, 'after' as const),
        (place, which) => {
          const applications = good.applications.map((one, i) => (i === place ? { ...one, [which]: null } : one));
          expect(judgeRemedy({ ...good, applications }).outcome).toBe('not-shown');
        },
      ),
    );
  });

  it('without the other copy, restarts show by themselves what is built up; reloads do not', () => {
    expect(judgeRemedy({ ...good, without: null }).outcome).toBe('holds');
    const reloads = evidence(sawtooth(10, nothing), 10, { without: null });
    expect(judgeRemedy(reloads)).toMatchObject({
      outcome: 'not-shown',
      reasons: [{ code: 'remedy-growth-unknown' }],
    });
  });

  it('the same evidence, complete, holds', () => {
    expect(judgeRemedy(good).outcome).toBe('holds');
  });
});
