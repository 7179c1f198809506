import { describe, expect, it } from 'vitest';
import type { Recording } from '../../src/model/index.js';
import { buildResult, REPORTERS } from '../../src/report/index.js';
import { failing, verdictOf } from './fixtures.js';
import { recordingOf, type Story } from './recordings.js';

const STORY: Story = {
  name: 's',
  labels: { baseline: 'b', candidate: 'c' },
  growth: {
    waf: { baseline: 0, candidate: 64 },
    cache: { baseline: 0, candidate: 0 },
    origin: { baseline: 0, candidate: 0 },
  },
  replicates: 2,
  rate: 75,
  axis: 'requests',
};
const verdict = verdictOf({ story: STORY });
const build = (recording: Recording): ReturnType<typeof buildResult> => buildResult(recording, verdict, '1.2.3');

describe('buildResult', () => {
  const recording = recordingOf(STORY);
  const result = build(recording);

  it('is the same after JSON', () => {
    const { contents } = REPORTERS.get('json')!(failing());
    expect(JSON.parse(contents)).toEqual(failing());
  });

  it('draws the primary metric and the descriptors of every service, and the sum of the judged services', () => {
    const drawn = new Set(
      result.plots.map(({ role, metric, arm, replicate }) => `${role} ${metric} ${arm} ${replicate}`),
    );
    for (const arm of ['baseline', 'candidate'])
      for (const replicate of [1, 2]) {
        for (const role of ['waf', 'cache', 'origin'])
          for (const metric of ['unreclaimable_bytes', 'fds'])
            expect(drawn).toContain(`${role} ${metric} ${arm} ${replicate}`);
        expect(drawn).toContain(`(stack) unreclaimable_bytes ${arm} ${replicate}`);
      }
    const first = (role: string): readonly number[] =>
      result.plots.find((series) => series.role === role && series.metric === 'unreclaimable_bytes')?.values ?? [];
    expect(first('(stack)').at(-1)).toBe((first('waf').at(-1) ?? 0) + (first('cache').at(-1) ?? 0));
  });

  it('gives the judged window in requests, and in seconds where no requests were counted', () => {
    expect(result.plots[0]?.window).toEqual([2250, 11_250]);
    const timed = buildResult(
      recording,
      { ...verdict, assessment: { ...verdict.assessment, axis: 'seconds' } },
      '1.2.3',
    );
    expect(timed.plots[0]).toMatchObject({ window: [30, 150], requests: [] });
  });

  it('leaves out incomplete sums and missing readings, and keeps the confirmation pair separate', () => {
    const broken: Recording = {
      ...recording,
      trials: recording.trials.map((trial, index) => {
        if (index === 1) return { ...trial, trial: { ...trial.trial, purpose: 'confirmation' as const } };
        if (index > 1) return trial;
        const empty = new Float64Array(trial.services[0]?.time.length ?? 0).fill(Number.NaN);
        return {
          ...trial,
          replay: null,
          complete: false,
          failure: { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'killed' } },
          services: trial.services.map((series) =>
            series.service === 'waf' ? { ...series, minimum: { unreclaimable_bytes: empty }, median: {} } : series,
          ),
        };
      }),
    };
    const { plots, trials } = build(broken);
    const of = (arm: string, replicate: number): string[] =>
      plots.filter((series) => series.arm === arm && series.replicate === replicate).map((series) => series.role);
    expect(of('baseline', 1)).not.toContain('waf');
    expect(of('baseline', 1)).not.toContain('(stack)');
    expect(
      new Set(
        plots.filter((series) => series.arm === 'candidate' && series.replicate === 1).map(({ purpose }) => purpose),
      ),
    ).toEqual(new Set(['confirmation']));
    expect(new Set(plots.filter((series) => series.replicate === 2).map(({ purpose }) => purpose))).toEqual(
      new Set(['replicate']),
    );
    expect(trials[0]).toMatchObject({
      failure: { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'killed' } },
      answered: 0,
      seconds: 150,
    });
  });

  it('keeps how busy the host was in at most sixty stretches, whose mean is that of the whole', () => {
    const host = Array.from({ length: 240 }, (_, index) => ({
      time: 5 * (index + 1),
      seconds: 5,
      cpu: index < 120 ? 0.1 : 0.9,
      memory: 0,
      io: null,
      stolen: 0.25,
    }));
    const [first] = build({
      ...recording,
      trials: recording.trials.map((trial) => ({ ...trial, host })),
    }).trials;
    expect(first?.host).toEqual({ cpu: 0.5, memory: 0, io: null, stolen: 0.25 });
    expect(first?.hostLoads).toHaveLength(60);
    expect(first?.hostLoads?.[0]).toEqual({ time: 20, seconds: 20, cpu: 0.1, memory: 0, io: null, stolen: 0.25 });
    expect(first?.hostLoads?.at(-1)).toMatchObject({ time: 1200, cpu: 0.9 });
  });
});
