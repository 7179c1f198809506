import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conduct, planExperiment, runRound } from '../../src/experiment/index.js';
import type { Action, Moment, Step } from '../../src/model/index.js';
import { fakeExperiment, SETTINGS } from './fakes.js';

const step = (name: string): Step => ({ kind: 'signal', service: 'waf', signal: 'HUP', name, timeoutSeconds: 60 });
const action = (name: string, at: Moment | null, every: Moment | null = null): Action => ({
  at,
  every,
  step: step(name),
});
const half: Moment = { of: 'window', value: 0.5 };

const dues = (actions: readonly Action[]) => {
  const plan = planExperiment({ ...SETTINGS, actions }, 10);
  return {
    replicate: plan.rounds[0]!.actions.map(({ due }) => due),
    confirmation: plan.confirmation[0]!.actions.map(({ due }) => due),
  };
};

describe('when actions are due (warm-up 10 requests, window 20, the longer window 60; 10 requests/s)', () => {
  it('a share follows the length of the window; requests and seconds do not', () => {
    expect(dues([action('a', half)])).toEqual({ replicate: [20], confirmation: [40] });
    expect(dues([action('a', { of: 'requests', value: 4 })])).toEqual({ replicate: [4], confirmation: [4] });
    expect(dues([action('a', { of: 'seconds', value: 2.5 })])).toEqual({ replicate: [25], confirmation: [25] });
  });

  it('`every` keeps its distance, so a longer window has more of them', () => {
    expect(dues([action('a', null, { of: 'window', value: 0.25 })])).toEqual({
      replicate: [15, 20, 25],
      confirmation: [15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65],
    });
    expect(dues([action('a', { of: 'requests', value: 12 }, { of: 'seconds', value: 1 })]).replicate).toEqual([12, 22]);
    expect(dues([action('a', null, { of: 'requests', value: 15 })]).replicate).toEqual([15]);
  });

  it('several are sorted by time; equal times keep the order of the scenario', () => {
    const { rounds } = planExperiment(
      {
        ...SETTINGS,
        actions: [
          action('late', half),
          action('login', { of: 'requests', value: 5 }),
          action('push', { of: 'requests', value: 5 }),
        ],
      },
      10,
    );
    expect(rounds[0]!.actions.map(({ step: { name } }) => name)).toEqual(['login', 'push', 'late']);
  });
});

const settingsWith = (...actions: Action[]) => ({ ...SETTINGS, looks: [1], actions });

describe('actions under load', () => {
  it('are done on both arms at almost the same request', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 5 }),
        async (shares) => {
          const { experiment, actions } = fakeExperiment(
            { decide: async () => 'stop' },
            settingsWith(...shares.map((value, i) => action(`a${i}`, { of: 'window', value }))),
          );
          await conduct(experiment);
          const [baseline, candidate] = ['r1-baseline', 'r1-candidate'].map((trial) =>
            actions.filter((one) => one.trial === trial),
          );
          expect(baseline!.map(({ name, due }) => [name, due])).toEqual(candidate!.map(({ name, due }) => [name, due]));
          expect(baseline).toHaveLength(shares.length);
          for (const { due, sent, failure } of actions) {
            expect(failure).toBeNull();
            // A poll lasts 0.1 s, one request of this rate; the clock of the fakes runs for both arms at once.
            expect(sent - due).toBeGreaterThanOrEqual(0);
            expect(sent - due).toBeLessThanOrEqual(4);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a failure is recorded with its reason, and the next action is done', async () => {
    const fake = fakeExperiment(
      { decide: async () => 'stop' },
      settingsWith(action('push', half), action('reload', half)),
    );
    const { stack } = fake.experiment;
    const failing = {
      ...fake.experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => ({
          ...(await stack.up(request)),
          perform: async ({ name }: Step) => {
            if (name === 'push' && request.arm === 'candidate')
              throw new Error('push did not succeed: it answered 500');
          },
        }),
      },
    };
    await conduct(failing);
    expect(fake.actions.map(({ trial, name, failure }) => [trial, name, failure])).toEqual(
      expect.arrayContaining([
        ['r1-baseline', 'push', null],
        [
          'r1-candidate',
          'push',
          { code: 'ended-by-error', facts: { error: 'INTERNAL', message: 'push did not succeed: it answered 500' } },
        ],
        ['r1-candidate', 'reload', null],
      ]),
    );
    expect(fake.events).toContainEqual({
      type: 'action-failed',
      trial: 'r1-candidate',
      action: 'push',
      failure: {
        code: 'ended-by-error',
        facts: { error: 'INTERNAL', message: 'push did not succeed: it answered 500' },
      },
    });
    expect(fake.log).toContain('end r1-candidate');
  });

  it('a slow action delays the next one but not the traffic, and the stack waits for it', async () => {
    const fake = fakeExperiment(
      { decide: async () => 'stop' },
      settingsWith(action('slow', { of: 'requests', value: 28 })),
    );
    const { stack, clock } = fake.experiment;
    let inHand = 0;
    const slow = {
      ...fake.experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => {
          const running = await stack.up(request);
          return {
            ...running,
            perform: async (_: Step, signal: AbortSignal) => {
              inHand += 1;
              for (let i = 0; i < 50; i += 1) await clock.sleep(0.1, signal);
              inHand -= 1;
            },
            [Symbol.asyncDispose]: async () => {
              expect(inHand).toBe(0);
              await running[Symbol.asyncDispose]();
            },
          };
        },
      },
    };
    await conduct(slow);
    expect(fake.actions.every(({ seconds }) => seconds >= 5)).toBe(true);
    // The window ends with the load, not with the action.
    expect(fake.log.find((line) => line.startsWith('r1-baseline window'))).toMatch(/\.\.30$/);
  });

  it('an interruption is not a failure of the action', async () => {
    const abort = new AbortController();
    const fake = fakeExperiment({ signal: abort.signal }, settingsWith(action('reload', half)));
    const { stack } = fake.experiment;
    const interrupted = {
      ...fake.experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => ({
          ...(await stack.up(request)),
          perform: async () => {
            abort.abort();
            throw new Error('aborted');
          },
        }),
      },
    };
    await expect(conduct(interrupted)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(fake.actions).toEqual([]);
    expect(fake.up.size).toBe(0);
  });
});

describe('an action of one arm', () => {
  it('is not done on the other', async () => {
    const { experiment, actions } = fakeExperiment();
    const [round] = experiment.plan.rounds;
    await runRound(experiment, { ...round!, actions: [{ due: 5, step: step('remedy'), only: 'candidate' }] }, false);
    expect(actions.map(({ trial, name }) => [trial, name])).toEqual([['r1-candidate', 'remedy']]);
  });
});
