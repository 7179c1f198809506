import { describe, expect, it } from 'vitest';
import type { Acceptance, ContainerEvent, Failure } from '../../src/model/index.js';
import { pattern, recordingOf, serviceWith, trialWith, wordedVerdict, type TrialChanges } from './recordings.js';

const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
const KILLED = { kind: 'oom-kill', service: 'waf', container: 1, time: 140, requests: 10_000, detail: '' } as const;
const KNOWN: Acceptance = {
  finding: 'oom-kill',
  service: 'waf',
  reason: 'the limit is too small',
  owner: 'Anna',
  expires: '2100-01-31',
};
const REFUSED: Failure = { code: 'ended-by-error', facts: { error: 'START_FAILED', message: 'waf: exit code 1' } };

interface Setting {
  readonly replicates: number;
  /** Replicates whose candidate is not measured as the others are, and how it differs. */
  readonly unlike: readonly number[];
  readonly changes?: TrialChanges;
  readonly growth?: number;
  readonly accepted?: readonly Acceptance[];
}

/** Pairs of which neither version grows; the candidate of some is cut off. */
function verdictTrials({ replicates, unlike, changes = {}, growth = 0 }: Setting) {
  return Array.from({ length: replicates }, (_, i) => i + 1).flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const slope = arm === 'candidate' ? growth : 0;
      const waf = serviceWith('waf', 330, {
        unreclaimable_bytes: (second, requests) =>
          Math.round((30e6 + (second > 90 + 20 * replicate ? 32_768 : 0) + slope * requests) / 4096) * 4096,
      });
      const cut = arm === 'candidate' && unlike.includes(replicate);
      return trialWith(arm, replicate, [waf], { phases: [WINDOW], ...(cut && changes) });
    }),
  );
}

function verdictOn(setting: Setting) {
  return wordedVerdict(recordingOf(verdictTrials(setting), { gate: { accepted: setting.accepted ?? [] } }));
}

const guardOf = (verdict: ReturnType<typeof verdictOn>) =>
  verdict.assessment.services[0]?.guards.find(({ name }) => name === 'PARTIAL');
const events: readonly ContainerEvent[] = [KILLED];

describe('a PASS needs every replicate that began', () => {
  it('so a trial that could not be started takes it back, and is named', () => {
    expect(verdictOn({ replicates: 5, unlike: [] }).outcome).toBe('pass');
    const verdict = verdictOn({ replicates: 5, unlike: [4], changes: { complete: false, failure: REFUSED } });
    expect(verdict.outcome).toBe('inconclusive');
    expect(guardOf(verdict)?.sentence).toMatch(
      pattern(/^A PASS needs every replicate that began\. /, /Not measured to the end: .*replicate 4/),
    );
    expect(verdict.advice).toBe(
      'Find out why not everything was measured, and run again: a PASS needs every replicate that began.',
    );
  });

  it('so the accepted death of a container does not hide how its memory grew before', () => {
    for (const complete of [true, false]) {
      const verdict = verdictOn({
        replicates: 5,
        unlike: [4, 5],
        changes: { events, complete },
        accepted: [KNOWN],
      });
      expect(verdict.assessment.findings.find(({ kind }) => kind === 'oom-kill')).toMatchObject({ severity: 'warn' });
      expect(verdict.outcome).not.toBe('pass');
    }
  });

  it('so a service without readings in one replicate takes it back', () => {
    const [first] = [serviceWith('waf', 40, { unreclaimable_bytes: () => 30e6 })];
    const verdict = verdictOn({ replicates: 5, unlike: [2], changes: { services: [first] } });
    expect(verdict.outcome).toBe('inconclusive');
    expect(guardOf(verdict)?.sentence).toMatch(/replicate 2/);
  });

  it('so readings that end before a tenth of the window is left take it back, also in every replicate', () => {
    const verdict = (seconds: number) => {
      const ended = serviceWith('waf', 330, {
        unreclaimable_bytes: (second) => (second < seconds ? 30e6 : Number.NaN),
      });
      const changes = { services: [serviceWith('origin', 330, { unreclaimable_bytes: () => 20e6 }), ended] };
      return verdictOn({ replicates: 3, unlike: [1, 2, 3], changes });
    };
    expect(verdict(300).assessment.services.find(({ role }) => role === 'waf')?.outcome).toBe('pass');
    const ended = verdict(280).assessment.services.find(({ role }) => role === 'waf');
    expect(ended?.outcome).toBe('inconclusive');
    expect(ended?.guards[0]?.sentence).toMatch(/its readings end 41 s before the window of 300 s does/);
  });

  it('and a trial that was repeated after an error is a warning, because a version may fail only sometimes', () => {
    const trials = verdictTrials({ replicates: 3, unlike: [2], changes: { complete: false, failure: REFUSED } });
    const sound = verdictTrials({ replicates: 3, unlike: [] });
    const [failed] = trials.filter(({ complete }) => !complete);
    const resumed = [...trials.slice(0, 4), ...sound.slice(2)];
    const verdict = wordedVerdict(recordingOf(resumed));
    expect(resumed).toContain(failed);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.findings.find(({ kind }) => kind === 'repeated-after-error')).toMatchObject({
      severity: 'warn',
      sentence: 'r2-candidate was repeated after an error, and only its last try counts: waf: exit code 1',
    });
  });

  it('but a pair that the busy host disturbed on both versions may be left out', () => {
    const host = { cpu: 0.9, memory: null, io: null, stolen: null };
    const setAside = { code: 'disturbed', lateness: 0.3, host } as const;
    const verdict = verdictOn({ replicates: 5, unlike: [2], changes: { setAside } });
    expect(verdict.outcome).toBe('pass');
  });

  it('and a FAIL stands', () => {
    const changes = { complete: false, failure: REFUSED };
    expect(verdictOn({ replicates: 5, unlike: [4], changes, growth: 900 }).outcome).toBe('fail');
  });
});
