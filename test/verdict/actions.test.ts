import { describe, expect, it } from 'vitest';
import type { Action, ActionRecord, ArmName, ContainerEvent } from '../../src/model/index.js';

import { eventOf, recordingOf, replayWith, serviceWith, trialWith, wordedVerdict, pattern } from './recordings.js';

const MIB = 2 ** 20;
const SECONDS = 330;
const PHASES = [
  { name: 'window', from: { time: 30, requests: 2_250 }, to: { time: SECONDS, requests: 24_750 } },
] as const;
const HALF = 13_500;
const reload: Action = {
  at: { of: 'window', value: 0.5 },
  every: null,
  step: { kind: 'signal', service: 'waf', signal: 'HUP', name: 'reload', timeoutSeconds: 60 },
};
const record = (changes: Partial<ActionRecord> = {}): ActionRecord => ({
  name: 'reload',
  service: 'waf',
  due: HALF,
  sent: HALF + 4,
  time: 180,
  requests: HALF + 2,
  seconds: 0.2,
  failure: null,
  ...changes,
});

interface Changes {
  readonly actions?: readonly ActionRecord[];
  readonly events?: readonly ContainerEvent[];
}

/** Three pairs; the given arm of the second one is changed, and the candidate's memory too. */
function verdictOf(
  arm: ArmName,
  changes: Changes = {},
  memory: (requests: number, second: number) => number = () => 0,
) {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((side) => {
      const kept = (second: number, requests: number): number =>
        30 * MIB + (side === 'candidate' ? memory(requests, second) : 0);
      return trialWith(side, replicate, [serviceWith('waf', SECONDS, { unreclaimable_bytes: kept })], {
        phases: PHASES,
        replay: replayWith(),
        actions: [record()],
        ...(side === arm && replicate === 2 ? changes : {}),
      });
    }),
  );
  return wordedVerdict(recordingOf(trials, { experiment: { actions: [reload] } }));
}
const check = (verdict: ReturnType<typeof verdictOf>) =>
  verdict.assessment.validity.find(({ name }) => name === 'actions-done');

describe('actions in a verdict', () => {
  it('done alike on both arms they are a check that holds', () => {
    expect(check(verdictOf('candidate'))).toEqual({
      name: 'actions-done',
      ok: true,
      code: 'actions-done',
      facts: { requestsApart: 0 },
      sentence: 'Every action was done on both versions after exactly the same request.',
    });
    expect(check(verdictOf('candidate', { actions: [record({ sent: HALF + 9 })] }))?.sentence).toContain(
      'at most 5 requests apart',
    );
    expect(verdictOf('baseline').outcome).toBe('pass');
  });

  it.each<ArmName>(['baseline', 'candidate'])(
    'one that failed on the %s makes the run invalid, and says where and why',
    (arm) => {
      const verdict = verdictOf(arm, {
        actions: [
          record(),
          record({
            name: 'push',
            sent: 20_000,
            failure: {
              code: 'ended-by-error',
              facts: { error: 'STEP_FAILED', message: 'push did not succeed: it answered 500.' },
            },
          }),
        ],
      });
      expect(verdict.outcome).toBe('invalid');
      expect(check(verdict)).toMatchObject({
        ok: false,
        sentence: `r2-${arm}: action 2 of 2 failed after 20,000 requests (“push did not succeed: it answered 500.”).`,
      });
    },
  );

  it('done at another request, or not at all on one arm, is no fair comparison', () => {
    expect(check(verdictOf('candidate', { actions: [record({ sent: HALF + 2_000 })] }))).toMatchObject({
      ok: false,
      sentence: expect.stringContaining(
        'The action "reload" was done after 13,504 requests in r2-baseline and after 15,500 requests in r2-candidate.',
      ),
    });
    expect(check(verdictOf('baseline', { actions: [record(), record({ due: 20_000, sent: 20_000 })] }))).toMatchObject({
      ok: false,
      sentence: 'r2-baseline and r2-candidate did not do the same actions.',
    });
    expect(check(verdictOf('baseline', { actions: [] }))).toMatchObject({
      ok: false,
      sentence: 'r2-baseline: the action "reload" was not done.',
    });
  });

  it('a process replaced soon after an action was replaced by it; at another time it is a death', () => {
    const at = (time: number) => verdictOf('baseline', { events: [eventOf('process-replaced', 'waf', time)] }).outcome;
    expect([at(185), at(209)]).toEqual(['pass', 'pass']);
    expect([at(120), at(215)]).toEqual(['invalid', 'invalid']);
    expect(verdictOf('baseline', { events: [eventOf('exit', 'waf', 185)] }).outcome).toBe('invalid');
  });

  it('a step that comes with an action is reported with its name; one elsewhere is not', () => {
    const detail = (after: number) =>
      verdictOf('candidate', {}, (requests) => (requests > after ? 12 * MIB : 0)).assessment.services[0]!.guards.find(
        ({ name }) => name === 'STEP',
      )?.sentence;
    expect(detail(HALF)).toMatch(
      pattern(
        /^One step of about 12(\.\d)? MiB explains the growth\. .* The step /,
        /comes with the action "reload" after 13,502 requests\.$/,
      ),
    );
    expect(detail(HALF + 2_500)).not.toContain('reload');
  });

  it('what an action leaves behind is reported of both arms; much more in the candidate is a warning', () => {
    const step = (bytes: number) =>
      verdictOf('baseline', {}, (requests) => (requests > HALF ? bytes : 0)).assessment.findings.filter(
        ({ kind }) => kind === 'action-step',
      );
    expect(step(2 * MIB)).toEqual([
      expect.objectContaining({
        severity: 'info',
        sentence: 'Each "reload" changes the memory of waf by 0 B in the baseline and by 2 MiB in the candidate.',
      }),
    ]);
    expect(step(20 * MIB)).toEqual([expect.objectContaining({ severity: 'warn', value: 20 * MIB })]);
    expect(step(MIB / 2)).toEqual([]);
  });

  it('growth that an action gives back is a warning where the window does not show it', () => {
    const kept = (perRequest: number) =>
      verdictOf('baseline', {}, (requests) => perRequest * (requests - (requests > HALF ? HALF : 2_250)));
    const [found] = kept(100).assessment.findings.filter(({ kind }) => kind === 'grows-between-actions');
    expect(kept(100).outcome).not.toBe('fail');
    expect(found).toMatchObject({ severity: 'warn', service: 'waf', threshold: 32 });
    expect(found!.value).toBeCloseTo(100, 0);
    expect(kept(10).assessment.findings.filter(({ kind }) => kind === 'grows-between-actions')).toEqual([]);
    // Steady growth that no action gives back fails by itself, and needs no second statement.
    const steady = verdictOf('baseline', {}, (requests) => 100 * requests);
    expect([steady.outcome, steady.assessment.findings.filter(({ kind }) => kind === 'grows-between-actions')]).toEqual(
      ['fail', []],
    );
  });
});
