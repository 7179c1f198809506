import { describe, expect, it } from 'vitest';
import { conduct, type Decision } from '../../src/experiment/index.js';
import { SlopegateError, type Replayer } from '../../src/model/index.js';
import { fakeExperiment, SETTINGS } from './fakes.js';

const begun = (log: readonly string[]): string[] =>
  log.filter((line) => line.startsWith('begin ')).map((line) => line.slice(6));

describe('conduct', () => {
  it('runs every replicate if no look decides, and removes everything', async () => {
    const { experiment, log, up } = fakeExperiment();
    await conduct(experiment);
    expect(begun(log)).toEqual([1, 2, 3, 4, 5].flatMap((n) => [`r${n}-baseline`, `r${n}-candidate`]));
    expect(log.filter((line) => line.startsWith('down')).length).toBe(10);
    expect(up.size).toBe(0);
  });

  it('stops at the look that decides', async () => {
    const asked: number[] = [];
    const { experiment, log } = fakeExperiment({ decide: async (n) => (asked.push(n), 'stop') });
    await conduct(experiment);
    expect(asked).toEqual([3]);
    expect(begun(log)).toHaveLength(6);
  });

  it('runs one longer pair to confirm, then judges once more', async () => {
    const answers: Decision[] = ['confirm', 'stop'];
    const { experiment, log } = fakeExperiment({ decide: async () => answers.shift() ?? 'stop' });
    await conduct(experiment);
    expect(begun(log).slice(-2)).toEqual(['c1-baseline', 'c1-candidate']);
    expect(log.find((line) => line.startsWith('c1-baseline window'))).toMatch(/ 1\d\.\.70$/);
    expect(answers).toEqual([]);
  });

  it('records warm-up, window and idle without gaps', async () => {
    const { experiment, log } = fakeExperiment({ decide: async () => 'stop' }, { ...SETTINGS, looks: [1] });
    await conduct(experiment);
    const phases = log
      .filter((line) => /^r1-candidate \w+ \d+\.\./.test(line))
      .map((line) => line.match(/ (\w+) (\d+)\.\.(\d+)$/)?.slice(1) ?? []);
    expect(phases.map(([name]) => name)).toEqual(['warmup', 'window', 'idle']);
    // Each phase begins where the one before it ended, and the warm-up holds at least its requests.
    expect(phases[1]?.[1]).toBe(phases[0]?.[2]);
    expect(Number(phases[0]?.[2])).toBeGreaterThanOrEqual(10);
    expect(phases[2]).toEqual(['idle', '30', '30']);
    expect(log.indexOf('down r1-candidate')).toBeGreaterThan(log.indexOf('end r1-candidate'));
    const clock = log.findIndex((line) => line.startsWith('r1-candidate second 0 was '));
    expect(clock).toBeGreaterThan(log.indexOf('up r1-candidate'));
    expect(clock).toBeLessThan(log.findIndex((line) => line.startsWith('r1-candidate warmup')));
  });

  it('interleaved: one arm at a time, ABBA, and each look after a whole pair', async () => {
    const { experiment, log } = fakeExperiment(
      { decide: async () => 'stop' },
      { ...SETTINGS, order: 'interleaved', looks: [2] },
    );
    await conduct(experiment);
    expect(log.filter((line) => /^(up|down)/.test(line))).toEqual([
      'up r1-baseline',
      'down r1-baseline',
      'up r1-candidate',
      'down r1-candidate',
      'up r2-candidate',
      'down r2-candidate',
      'up r2-baseline',
      'down r2-baseline',
    ]);
  });

  it('an arm that cannot come up ends the round for both, with its own error', async () => {
    const fake = fakeExperiment();
    const { stack } = fake.experiment;
    const broken = {
      ...fake.experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => {
          if (request.arm === 'candidate') throw new SlopegateError('NOT_READY', 'no answer');
          return stack.up(request);
        },
      },
    };
    await expect(conduct(broken)).rejects.toMatchObject({ code: 'NOT_READY' });
    expect(fake.up.size).toBe(0);
    expect(fake.log).toContain('end r1-candidate: no answer');
    expect(fake.log.some((line) => line.startsWith('end r1-baseline:'))).toBe(true);
  });

  it('the last lines of an ended container are kept before its stack is removed', async () => {
    const exit = { kind: 'exit', service: 'waf', container: 1, time: 1, requests: 5, detail: 'exit code 1' } as const;
    const fake = fakeExperiment({ decide: async () => 'stop' }, { ...SETTINGS, looks: [1] });
    const dying = {
      ...fake.experiment,
      observer: {
        observe: async ({ onEvent }: Parameters<typeof fake.experiment.observer.observe>[0]) => {
          onEvent(exit);
          return {
            source: 'fake',
            notes: [],
            [Symbol.asyncDispose]: async () => onEvent({ ...exit, kind: 'restart' }),
          };
        },
      },
    };
    await conduct(dying);
    const lines = fake.log.filter((line) => line.includes('last wrote'));
    expect(lines.sort()).toEqual([
      'r1-baseline waf last wrote: waf of r1-baseline ran out of ideas',
      'r1-candidate waf last wrote: waf of r1-candidate ran out of ideas',
    ]);
    expect(fake.log.indexOf(lines[0]!)).toBeLessThan(fake.log.indexOf('down r1-baseline'));
  });

  it('an interruption in the window removes both arms and is reported as an interruption', async () => {
    const abort = new AbortController();
    const fake = fakeExperiment({ signal: abort.signal });
    const interrupted = {
      ...fake.experiment,
      onEvent: (event: { type: string; phase?: string }) => {
        if (event.type === 'phase' && event.phase === 'window') abort.abort();
      },
    };
    await expect(conduct(interrupted)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(fake.up.size).toBe(0);
    expect(begun(fake.log)).toHaveLength(2);
  });

  it('a complete trial stays complete if its clean-up fails, and the leftovers are reported', async () => {
    const { experiment, log } = fakeExperiment();
    const { stack } = experiment;
    const away = new SlopegateError('DOCKER_UNREACHABLE', 'no daemon answers', { hint: 'Left behind: its containers' });
    const broken = {
      ...experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => ({
          ...(await stack.up(request)),
          [Symbol.asyncDispose]: () => Promise.reject(away),
        }),
      },
    };
    await expect(conduct(broken)).rejects.toMatchObject({ code: 'DOCKER_UNREACHABLE', hint: away.hint });
    expect(log.filter((line) => line.startsWith('end '))).toEqual(['end r1-baseline', 'end r1-candidate']);
  });

  it('an interrupted run whose clean-up fails names the leftovers', async () => {
    const abort = new AbortController();
    const { experiment } = fakeExperiment({ signal: abort.signal });
    const { stack } = experiment;
    const broken = {
      ...experiment,
      stack: {
        ...stack,
        up: async (request: Parameters<typeof stack.up>[0]) => {
          const running = await stack.up(request);
          abort.abort();
          return {
            ...running,
            [Symbol.asyncDispose]: () => Promise.reject(new SlopegateError('DOCKER_UNREACHABLE', 'gone')),
          };
        },
      },
    };
    await expect(conduct(broken)).rejects.toMatchObject({ code: 'INTERRUPTED', hint: expect.stringContaining('gone') });
  });

  it('an error of the clean-up never replaces the error of the trial', async () => {
    const { experiment, log } = fakeExperiment();
    const failing = {
      ...experiment,
      observer: {
        observe: async () => ({
          source: 'fake',
          notes: [],
          [Symbol.asyncDispose]: () => Promise.reject(new Error('the watch could not be ended')),
        }),
      },
      replayer: {
        name: 'fake',
        start: () => ({
          answered: () => 0,
          sent: () => 0,
          done: Promise.reject(new SlopegateError('REPLAY_FAILED', 'nothing accepted a connection')),
        }),
      },
    };
    await expect(conduct(failing)).rejects.toMatchObject({ code: 'REPLAY_FAILED' });
    expect(log.some((line) => line.startsWith('end ') && line.endsWith('nothing accepted a connection'))).toBe(true);
  });

  /** A replayer whose replays last so many times their schedule: one number for each replay, in turn. */
  const lasting = (factors: readonly number[]): Replayer => {
    let next = 0;
    return {
      name: 'fake',
      start: ({ trace: { length } }) => {
        const factor = factors[next] ?? 1;
        next += 1;
        const result = { answered: length, seconds: 100 * factor, scheduledSeconds: 100 };
        return { answered: () => length, sent: () => length, done: Promise.resolve(result as never) };
      },
    };
  };
  const asides = (log: readonly string[]): string[] => log.filter((line) => line.startsWith('aside '));
  const ends = (log: readonly string[]): string[] => log.filter((line) => line.startsWith('end '));

  it('a pair that ran late on both arms is set aside and repeated under another name', async () => {
    const { experiment, log } = fakeExperiment(
      { replayer: lasting([1.2, 1.3]), decide: async () => 'stop' },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(asides(log)).toEqual(['aside r1-baseline: disturbed', 'aside r1-candidate: disturbed']);
    expect(ends(log).slice(2)).toEqual(['end r1-again1-baseline', 'end r1-again1-candidate']);
  });

  /** The first two replays: the baseline is late by so many seconds when the candidate is too late to go on. */
  const tooLate = (secondsOfBaseline: number): Replayer => {
    let next = 0;
    return {
      name: 'fake',
      start: ({ trace: { length }, signal }) => {
        const behind = [secondsOfBaseline, 60][next] ?? 0;
        const done = [
          () =>
            new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
          () => Promise.reject(new SlopegateError('TOO_LATE', 'the load fell 60 s behind')),
        ][next];
        next += 1;
        const result = { answered: length, seconds: 100, scheduledSeconds: 100 } as never;
        // A load that is cut off here did not end its warm-up.
        const answered = (): number => (done === undefined ? length : 0);
        return {
          answered,
          sent: answered,
          behind: () => behind,
          done: done?.() ?? Promise.resolve(result),
        };
      },
    };
  };

  it('a load that is too late to go on sets its pair aside, if the other arm was late too', async () => {
    const { experiment, log, events } = fakeExperiment(
      { replayer: tooLate(30), decide: async () => 'stop' },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(asides(log).sort()).toEqual(['aside r1-baseline: disturbed', 'aside r1-candidate: disturbed']);
    expect(ends(log).slice(2)).toEqual(['end r1-again1-baseline', 'end r1-again1-candidate']);
    // 30 requests at 10 per second are 3 s: 60 s behind is 20 times the schedule.
    expect(events.find(({ type }) => type === 'pair-set-aside')).toMatchObject({ lateness: [10, 20] });
  });

  it('a load that is too late to go on ends the run, if the other arm was on time', async () => {
    const { experiment, log } = fakeExperiment({ replayer: tooLate(0) }, { ...SETTINGS, looks: [1] });
    await expect(conduct(experiment)).rejects.toMatchObject({ code: 'TOO_LATE' });
    expect(asides(log)).toEqual([]);
  });

  it('interleaved: a pair that ran late on both arms is repeated as a whole, in its order', async () => {
    const { experiment, log } = fakeExperiment(
      { replayer: lasting([1, 1, 1.2, 1.3]), decide: async () => 'stop' },
      { ...SETTINGS, order: 'interleaved', looks: [2] },
    );
    await conduct(experiment);
    expect(asides(log)).toEqual(['aside r2-candidate: disturbed', 'aside r2-baseline: disturbed']);
    expect(ends(log).slice(2)).toEqual([
      'end r2-candidate',
      'end r2-baseline',
      'end r2-again1-candidate',
      'end r2-again1-baseline',
    ]);
  });

  it('interleaved: a pair that is late on one arm only counts', async () => {
    const { experiment, log } = fakeExperiment(
      { replayer: lasting([1.2, 1, 1, 1.2]), decide: async () => 'stop' },
      { ...SETTINGS, order: 'interleaved', looks: [2] },
    );
    await conduct(experiment);
    expect(asides(log)).toEqual([]);
    expect(ends(log)).toHaveLength(4);
  });

  it('says how late a pair was and how busy its host, with how often pairs may still be repeated', async () => {
    const busy = { cpu: 0.9, memory: 0, io: 0.1, stolen: 0.05 };
    const { experiment, events } = fakeExperiment(
      {
        replayer: lasting([1.25, 1.5]),
        decide: async () => 'stop',
        host: { open: async () => ({ notes: [], sample: async () => busy }) },
      },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(events.filter(({ type }) => type === 'pair-set-aside')).toEqual([
      {
        type: 'pair-set-aside',
        trials: ['r1-baseline', 'r1-candidate'],
        lateness: [0.25, 0.5],
        host: [busy, busy],
        repeat: 1,
        most: 2,
      },
    ]);
  });

  it('a pair that is late on one arm only counts, because this concerns the version', async () => {
    const { experiment, log } = fakeExperiment(
      { replayer: lasting([1, 1.5]), decide: async () => 'stop' },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(ends(log)).toEqual(['end r1-baseline', 'end r1-candidate']);
  });

  it('a late confirming pair is repeated too and makes nothing invalid', async () => {
    const answers: Decision[] = ['confirm', 'stop'];
    const { experiment, log } = fakeExperiment(
      { replayer: lasting([1, 1, 1.4, 1.4]), decide: async () => answers.shift() ?? 'stop' },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(ends(log).slice(-2)).toEqual(['end c1-again1-baseline', 'end c1-again1-candidate']);
  });

  it('when no repetitions are left, the pair counts as it is', async () => {
    const { experiment, log } = fakeExperiment(
      { replayer: lasting(Array.from({ length: 99 }, () => 2)), decide: async () => 'stop' },
      { ...SETTINGS, looks: [1] },
    );
    await conduct(experiment);
    expect(asides(log)).toHaveLength(4);
    expect(ends(log).slice(-2)).toEqual(['end r1-again2-baseline', 'end r1-again2-candidate']);
  });
});
