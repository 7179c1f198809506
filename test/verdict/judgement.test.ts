import { describe, expect, it } from 'vitest';
import type { Recording, ServiceSeries } from '../../src/model/index.js';
import type { AssessOptions } from '../../src/verdict/index.js';
import { recordingOf, serviceWith, trialWith, type TrialChanges, wordedVerdict, pattern } from './recordings.js';

type Changes = Parameters<typeof recordingOf>[1];
const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
const IDLE = { name: 'idle', from: { time: 320, requests: 24_000 }, to: { time: 330, requests: 24_000 } } as const;

/** Memory in whole pages with a step of its own in every run, plus a growth per request. */
const memory = (perRequest: number, run: number) => (second: number, requests: number) =>
  Math.round((30e6 + (second > 90 + 20 * run ? 32_768 : 0) + perRequest * requests) / 4096) * 4096;
const service = (name: string, perRequest: number, run: number): ServiceSeries =>
  serviceWith(name, 330, { unreclaimable_bytes: memory(perRequest, run) });

/** Replicates of a stack: service → growth per request on either side; null if a side lacks the service. */
function stackOf(
  count: number,
  services: Readonly<Record<string, readonly [baseline: number | null, candidate: number | null]>>,
  changes: Changes = {},
  trial: TrialChanges = {},
): Recording {
  const trials = Array.from({ length: count }, (_, i) => {
    const side = (arm: 0 | 1) =>
      Object.entries(services).flatMap(([name, growth]) =>
        growth[arm] === null ? [] : [service(name, growth[arm], i + arm)],
      );
    const facts = { phases: [WINDOW, IDLE], ...trial };
    return [trialWith('baseline', i + 1, side(0), facts), trialWith('candidate', i + 1, side(1), facts)];
  });
  return recordingOf(trials.flat(), changes);
}
const verdictOn = (recording: Recording, options?: AssessOptions) => wordedVerdict(recording, options);
const roleOf = (verdict: ReturnType<typeof verdictOn>, role: string) =>
  verdict.assessment.services.find((entry) => entry.role === role);

describe('a run with looks at 3, 5 and 8', () => {
  it('passes flat services at the first look and stops', () => {
    const verdict = verdictOn(stackOf(3, { waf: [0, 0] }));
    expect(verdict.outcome).toBe('pass');
    expect(verdict.next).toBe('stop');
    expect(verdict.assessment.look).toEqual({ index: 0, of: 3, weight: 0.2 });
    expect(verdict.assessment.nextLook).toMatchObject({ replicates: 2 });
  });

  it('goes on if the difference is near the margin, and says what would decide', () => {
    const verdict = verdictOn(stackOf(3, { waf: [0, 31] }));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.next).toBe('continue');
    expect(verdict.advice).toBe('Run 2 more replicates as planned (about 11 minutes).');
  });

  it('does not go on after the last look', () => {
    const verdict = verdictOn(stackOf(8, { waf: [0, 31.5] }));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.next).toBe('stop');
    expect(verdict.assessment.nextLook).toBeNull();
  });

  it('fails a leak, and names the worst service first', () => {
    const verdict = verdictOn(stackOf(3, { waf: [0, 400], mgt: [0, 0], db: [5, 900] }));
    expect(verdict.outcome).toBe('fail');
    expect(verdict.sentence).toMatch(/^db grows faster .*, by 89\d B of memory per request .* Also growing: waf\.$/);
    expect(roleOf(verdict, 'mgt')?.outcome).toBe('pass');
  });

  it('shows the total of a stack without judging it twice', () => {
    const verdict = verdictOn(stackOf(3, { waf: [0, 20], mgt: [0, 20] }));
    const total = roleOf(verdict, '(stack)');
    expect(total?.judged).toBe(false);
    expect(total?.difference?.value).toBeCloseTo(40, -1);
  });

  it('the order of the trials in the recording is irrelevant', () => {
    const recording = stackOf(5, { waf: [3, 50], mgt: [0, 2] });
    const reversed = { ...recording, trials: [...recording.trials].reverse() };
    expect(verdictOn(reversed)).toEqual(verdictOn(recording));
  });
});

describe('what never passes', () => {
  it('nothing measured', () => {
    expect(verdictOn(recordingOf([])).outcome).toBe('inconclusive');
    expect(verdictOn(recordingOf([])).sentence).toContain('Nothing was measured');
    expect(verdictOn(stackOf(3, {})).outcome).toBe('inconclusive');
    expect(verdictOn(stackOf(3, { waf: [0, 0] }, { stack: { unjudged: ['waf'] } })).sentence).toContain(
      'Nothing was judged',
    );
  });

  it('one replicate, or replicates that did not finish', () => {
    expect(verdictOn(stackOf(1, { waf: [0, 0] })).outcome).toBe('inconclusive');
    const broken = verdictOn(
      stackOf(
        3,
        { waf: [0, 0] },
        {},
        {
          complete: false,
          failure: { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'never healthy' } },
        },
      ),
    );
    expect(broken.outcome).toBe('inconclusive');
    expect(broken.assessment.replicates).toBe(0);
    expect(broken.assessment.findings.map(({ sentence }) => sentence).join(' ')).toContain('never healthy');
  });

  it('a window that is too short in readings or in requests', () => {
    const short = verdictOn(
      stackOf(3, { waf: [0, 0] }, {}, { phases: [{ ...WINDOW, to: { time: 40, requests: 3_000 } }] }),
    );
    expect(short.outcome).toBe('inconclusive');
    expect(short.sentence).toContain('only 20 readings');
    const slow = Array.from({ length: 3 }, (_, i) =>
      (['baseline', 'candidate'] as const).map((arm) =>
        trialWith(arm, i + 1, [serviceWith('waf', 330, { unreclaimable_bytes: memory(0, i) }, 0.05)], {
          phases: [WINDOW],
        }),
      ),
    );
    expect(verdictOn(recordingOf(slow.flat())).sentence).toContain('requests answered in the window');
  });

  it('readings that are missing', () => {
    const holes = Array.from({ length: 3 }, (_, i) =>
      (['baseline', 'candidate'] as const).map((arm) =>
        trialWith(
          arm,
          i + 1,
          [
            serviceWith('waf', 330, {
              unreclaimable_bytes: (second) => (second > 150 && arm === 'candidate' ? Number.NaN : 30e6),
            }),
          ],
          { phases: [WINDOW] },
        ),
      ),
    );
    const verdict = verdictOn(recordingOf(holes.flat()));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toContain('seconds');
    expect(JSON.stringify(verdict)).not.toContain('NaN');
  });

  it('an arm that answered nothing in the window', () => {
    const stuck = Array.from({ length: 3 }, (_, i) =>
      (['baseline', 'candidate'] as const).map((arm) => {
        const series = service('waf', 0, i);
        return trialWith(
          arm,
          i + 1,
          [arm === 'candidate' ? { ...series, requests: series.requests.map(() => 1_500) } : series],
          { phases: [WINDOW] },
        );
      }),
    );
    expect(verdictOn(recordingOf(stuck.flat())).outcome).toBe('inconclusive');
  });
});

describe('services on one side', () => {
  it('are judged by their own growth if only the candidate has them, and the total is judged too', () => {
    const grown = verdictOn(stackOf(3, { waf: [0, 0], cache: [null, 300] }));
    expect(grown.outcome).toBe('fail');
    expect(roleOf(grown, '(stack)')?.judged).toBe(true);
    expect(grown.assessment.findings.map(({ kind }) => kind)).toContain('only-in-candidate');
    expect(verdictOn(stackOf(3, { waf: [0, 0], cache: [null, 0] })).outcome).toBe('pass');
  });

  it('are not judged if only the baseline has them', () => {
    const verdict = verdictOn(stackOf(3, { waf: [0, 0], cache: [300, null] }));
    expect(verdict.outcome).toBe('pass');
    expect(roleOf(verdict, 'cache')?.judged).toBe(false);
  });

  it('growth in both versions is reported and does not fail', () => {
    const verdict = verdictOn(stackOf(3, { waf: [500, 500] }));
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.findings.map(({ kind }) => kind)).toContain('both-leak');
    expect(verdictOn(stackOf(3, { waf: [500, 500] }, { gate: { findings: { 'both-leak': 'fail' } } })).outcome).toBe(
      'fail',
    );
    expect(
      verdictOn(stackOf(3, { waf: [500, 500] }, { gate: { findings: { 'both-leak': 'off' } } })).assessment.findings,
    ).toEqual([]);
  });

  it('production traffic turns growth into time', () => {
    const production = { ratePerSecond: 200, headroomBytes: 2 * 2 ** 30, surviveSeconds: 86_400 };
    const times = verdictOn(stackOf(3, { waf: [0, 1000] }, { gate: { production } })).assessment.findings.filter(
      ({ kind }) => kind === 'time-to-limit',
    );
    expect(times).toHaveLength(1);
    expect(times[0]?.value).toBeGreaterThan(10_000);
    expect(times[0]?.value).toBeLessThan(11_500);
    expect(times[0]?.sentence).toMatch(
      pattern(
        /candidate grows by .* KB of memory per request\. That fills 2 GiB /,
        /at 200 requests\/s in (about 3|2\.9 to 3(\.\d)?) hours\. It should /,
        /last 24 hours\.$/,
      ),
    );
  });

  it('without requests it works per second', () => {
    const recording = stackOf(3, { waf: [0, 400] });
    const blind = {
      ...recording,
      trials: recording.trials.map((trial) => ({
        ...trial,
        services: trial.services.map((series) => ({ ...series, requests: series.requests.map(() => Number.NaN) })),
      })),
    };
    const verdict = verdictOn(blind);
    expect(verdict.assessment.axis).toBe('seconds');
    expect(verdict.assessment.margin).toBe(32 * 75);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.sentence).toContain('per second');
  });
});

describe('confirmation', () => {
  const confirming = (growth: number) =>
    (['baseline', 'candidate'] as const).map((arm) =>
      trialWith(arm, 1, [service('waf', arm === 'candidate' ? growth : 0, 1)], { phases: [WINDOW] }, 'confirmation'),
    );
  const leak = stackOf(3, { waf: [0, 100] }, { gate: { confirm: 'always' } });

  it('is required, and until then nothing is final', () => {
    const verdict = verdictOn(leak);
    expect([verdict.outcome, verdict.next, verdict.assessment.confirmation]).toEqual([
      'inconclusive',
      'confirm',
      'wanted',
    ]);
    expect(verdict.sentence).toContain('A longer fresh pair has not confirmed it yet.');
  });

  it('confirms a leak that goes on, and refutes one that does not', () => {
    expect(verdictOn({ ...leak, trials: [...leak.trials, ...confirming(95)] }).outcome).toBe('fail');
    const refuted = verdictOn({ ...leak, trials: [...leak.trials, ...confirming(45)] });
    expect([refuted.outcome, refuted.next]).toEqual(['inconclusive', 'stop']);
    expect(roleOf(refuted, 'waf')?.guards.map(({ name }) => name)).toContain('NOT-CONFIRMED');
  });

  it('auto needs none if no plateau within the limit could explain the growth', () => {
    const limits = {
      stack: { limits: { memoryBytes: 256 * 2 ** 20, cpus: null } },
      gate: { confirm: 'auto' },
    } as const;
    expect(verdictOn(stackOf(3, { waf: [0, 5000] }, limits)).outcome).toBe('fail');
    expect(verdictOn(stackOf(3, { waf: [0, 100] }, limits)).next).toBe('confirm');
    expect(verdictOn(stackOf(3, { waf: [0, 5000] }, { gate: { confirm: 'auto' } })).next).toBe('confirm');
  });

  it('a slow garbage collector that has just freed its memory is no FAIL if no longer pair will be run', () => {
    const collector = (confirm: 'auto' | 'never') => {
      const trials = Array.from({ length: 3 }, (_, i) =>
        (['baseline', 'candidate'] as const).map((arm) => {
          const cycles = (second: number): number =>
            arm === 'baseline' ? 0 : 20e6 * (((second - 10 + 3 * i + 400) % 400) / 400);
          return trialWith(
            arm,
            i + 1,
            [serviceWith('waf', 330, { unreclaimable_bytes: (second) => 30e6 + cycles(second) })],
            { phases: [{ name: 'warmup', from: { time: 1, requests: 0 }, to: { time: 20, requests: 1_500 } }, WINDOW] },
          );
        }),
      );
      return verdictOn(recordingOf(trials.flat(), { gate: { confirm } }));
    };
    const withheld = collector('never');
    expect([withheld.outcome, withheld.next]).toEqual(['inconclusive', 'continue']);
    expect(roleOf(withheld, 'waf')?.guards.map(({ name }) => name)).toEqual(['FELL-BACK']);
    expect(withheld.sentence).toMatch(
      pattern(
        /^waf is undecided: in this test it grew faster in the candidate than in /,
        /the baseline, by [\d.]+ B of memory per request /,
        /.* This may be a garbage collector that is slower than the window\. /,
        /Since the load began, the candidate fell back by 1[789](\.\d)? MiB; /,
        /over the window it grew by 1[45](\.\d)? MiB\. Only a longer pair /,
        /could show this, and none was run\.$/,
      ),
    );
    expect(collector('auto').next).toBe('confirm');
  });
});
