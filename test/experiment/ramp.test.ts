import { describe, expect, it } from 'vitest';
import { findRate } from '../../src/experiment/index.js';
import { nextRate, objectionTo, safeRate, sustainedRate } from '../../src/experiment/ramp/steps.js';
import type { ArmName, RampAnswer, RampStep, Replayer, ReplayResult, Scenario, Trace } from '../../src/model/index.js';
import { say } from '../../src/words/say.js';
import { fakeExperiment } from './fakes.js';

/** A ramp over an arm that falls behind beyond `capacity`. */
function climb(refused: (rate: number, step: number) => boolean): RampStep[] {
  const steps: RampStep[] = [];
  for (let rate = nextRate(steps); rate !== null && steps.length < 100; rate = nextRate(steps))
    steps.push({
      rate,
      arms: {},
      objections: refused(rate, steps.length) ? [{ code: 'older-objection', facts: { text: 'too fast' } }] : [],
    });
  return steps;
}

describe('the ramp', () => {
  it.each([3, 30, 60, 137, 400, 1999])(
    'finds a capacity of %i/s from below, within a fifth, in few steps',
    (capacity) => {
      const steps = climb((rate) => rate > capacity);
      const found = sustainedRate(steps) ?? Number.NaN;
      expect(found).toBeLessThanOrEqual(capacity);
      expect(found).toBeGreaterThan(capacity / 1.25);
      expect(steps.length).toBeLessThan(20);
    },
  );

  it('ends at the highest rate that it tries', () => {
    expect(sustainedRate(climb(() => false))).toBe(2000);
  });

  it('blames the host for one bad step and the arm for two', () => {
    expect(sustainedRate(climb((rate, step) => step === 3 || rate > 400)) ?? 0).toBeGreaterThan(320);
  });

  it('gives up if no rate is sustained', () => {
    const steps = climb(() => true);
    expect(sustainedRate(steps)).toBeNull();
    expect(steps.length).toBeLessThan(20);
  });
});

describe('a step', () => {
  const good: RampAnswer = { planned: 400, answered: 400, seconds: 4.02, lateness: 2, latency: 8 };
  it.each<[string, Partial<RampAnswer>, string | null]>([
    ['that keeps up', {}, null],
    ['with requests unanswered', { answered: 390 }, '10 of 400 requests got no answer'],
    ['that takes too long', { seconds: 5 }, '400 requests took 5.0 s instead of 4.0 s'],
    ['that sends late', { lateness: 180 }, 'requests left 180 ms late'],
    ['that answers late', { latency: 900 }, 'answers took 900 ms'],
  ])('%s', (_, change, sentence) => {
    const objection = objectionTo('candidate', 100, { ...good, ...change }, 8);
    expect(objection && say(objection)).toBe(sentence && `candidate: ${sentence}`);
  });

  it('may be slow if the first step was slow', () => {
    expect(objectionTo('candidate', 100, { ...good, latency: 900 }, 300)).toBeNull();
  });
});

describe('findRate', () => {
  const CAPACITY: Record<ArmName, number> = { baseline: 500, candidate: 170 };

  async function find(order: 'concurrent' | 'interleaved', atFullSpeed = true) {
    const fullSpeed = ({ host }: { host: string }) =>
      Promise.resolve(atFullSpeed ? CAPACITY[host as ArmName] * 1.1 : null);
    const { experiment, log, events, up } = fakeExperiment();
    const stack = {
      ...experiment.stack,
      up: async (request: Parameters<typeof experiment.stack.up>[0]) => ({
        ...(await experiment.stack.up(request)),
        entry: { host: request.arm, port: 1 },
      }),
    };
    const replayer: Replayer = {
      name: 'fake',
      start: ({ target, trace, rate }) => {
        const planned = trace.length;
        const seconds = planned / Math.min(rate ?? 1, CAPACITY[target.host as ArmName]);
        const times = { p50: 1, p99: 1, max: 1 };
        return {
          answered: () => planned,
          sent: () => planned,
          done: Promise.resolve({
            planned,
            answered: planned,
            seconds,
            lateness: times,
            latency: times,
          } as ReplayResult),
        };
      },
    };
    const scenario = { traffic: { blockedStatuses: [403] }, experiment: { order } } as unknown as Scenario;
    const ramp = await findRate({
      ...experiment,
      scenario,
      stack,
      replayer,
      fullSpeed,
      traceOf: (requests) => ({ length: requests }) as Trace,
    });
    return { ramp, log, events, up };
  }

  it.each([
    ['concurrent', true],
    ['interleaved', true],
    ['concurrent', false],
  ] as const)('takes 60 %% of what the slower arm sustains, %s, full speed known: %s', async (order, known) => {
    const { ramp, log, events, up } = await find(order, known);
    expect(ramp.sustained).toBeGreaterThan(140);
    expect(ramp.sustained).toBeLessThanOrEqual(170 * 1.1);
    expect(ramp.rate).toBe(safeRate(ramp.sustained));
    expect(up.size).toBe(0);
    expect(log.filter((line) => line.startsWith('up'))).toEqual(['up ramp-baseline', 'up ramp-candidate']);
    const refused = events.flatMap((event) => (event.type === 'ramp-step' ? event.step.objections : []));
    expect(refused.map(({ facts }) => facts)).toContainEqual(expect.objectContaining({ arm: 'candidate' }));
  });
});
