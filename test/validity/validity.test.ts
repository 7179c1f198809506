import { describe, expect, it } from 'vitest';
import type { ArmName, ContainerEvent, Recording, ReplayResult, TrialRecording } from '../../src/model/index.js';
import {
  eventOf,
  recordingOf,
  replayWith,
  serviceWith,
  STATUSES,
  wordedVerdict,
  trialWith,
} from '../verdict/recordings.js';

const PHASES = [{ name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } }] as const;
const TRACE = { seed: 1, digest: 'abc', requests: 24_750, labels: { get: 24_750 } };
const CHANGES = { stack: { origin: { service: 'origin', port: 80 } } };

interface Override {
  readonly replay?: Partial<ReplayResult> | null;
  readonly trial?: Partial<Omit<TrialRecording, 'trial'>>;
}

/** Three flat, honest replicates; the override changes the given arm's trial of the second one. */
function verdictWith(arm: ArmName, override: Override, known: Pick<Recording, 'labels' | 'asked'> = {}) {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((side) => {
      const changed = side === arm && replicate === 2 ? override : {};
      const replay = changed.replay === null ? null : replayWith(changed.replay);
      return trialWith(
        side,
        replicate,
        [
          serviceWith('waf', 330, { unreclaimable_bytes: () => 30e6 }),
          serviceWith('origin', 330, { unreclaimable_bytes: () => 30e6 }),
        ],
        {
          phases: PHASES,
          replay,
          origin: { requests: 24_250, digest: 'def' },
          ...changed.trial,
        },
      );
    }),
  );
  return wordedVerdict({
    ...recordingOf(trials, { stack: { ...CHANGES.stack, unjudged: ['origin'] } }, TRACE),
    ...known,
  });
}
const failedChecks = (verdict: ReturnType<typeof verdictWith>) =>
  verdict.assessment.validity.filter(({ ok }) => !ok).map(({ name }) => name);

describe('validity', () => {
  it('an honest comparison passes every check', () => {
    const verdict = verdictWith('candidate', {});
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.validity.map(({ name }) => name)).toEqual([
      'containers-known',
      'trials-independent',
      'same-trace',
      'all-sent',
      'all-answered',
      'pace',
      'origin-agrees',
      'decisions-agree',
      'answers-served',
      'record-consistent',
      'containers-lived',
    ]);
  });

  const faults: readonly (readonly [check: string, override: Override])[] = [
    ['same-trace', { replay: { plannedDigest: 'other', sentDigest: 'other' } }],
    ['all-sent', { replay: { sent: 24_749 } }],
    ['all-sent', { replay: { sentDigest: 'reordered' } }],
    ['all-sent', { replay: null }],
    ['all-answered', { replay: { answered: 22_000 } }],
    ['pace', { replay: { seconds: 660 } }],
    ['origin-agrees', { trial: { origin: { requests: 23_249, digest: 'def' } } }],
    ['origin-agrees', { trial: { origin: { requests: 24_250, digest: 'tampered' } } }],
    ['origin-agrees', { trial: { origin: null } }],
    ['decisions-agree', { replay: { counts: { get: { 200: 23_250, 403: 1_500 } } } }],
    ['decisions-agree', { replay: { statuses: [200, 403, 403] } }],
    ['decisions-agree', { replay: { statuses: [200, 0, 403] } }],
  ];
  it.each(faults)('%s: %o makes the verdict invalid, on either arm', (check, override) => {
    for (const arm of ['baseline', 'candidate'] as const) {
      const verdict = verdictWith(arm, override);
      expect(verdict.outcome).toBe('invalid');
      expect(failedChecks(verdict)).toContain(check);
      expect(verdict.next).toBe('stop');
    }
  });

  it('reports requests whose connection the target closed', () => {
    const verdict = verdictWith('candidate', {
      replay: { answered: 22_000, counts: { get: { 200: 22_000, closed: 2_000, none: 750 } } },
    });
    expect(verdict.assessment.validity.find(({ name }) => name === 'all-answered')?.sentence).toMatch(
      /only 22,000 of 24,750 requests were answered\. The target closed the connection on 2,000 of them/,
    );
  });

  it('decisions are compared within their label where labels are known', () => {
    const verdict = verdictWith(
      'candidate',
      { replay: { statuses: STATUSES.map((status, index) => (index < 500 ? 403 : status)) } },
      { labels: { names: ['get', 'attack'], of: STATUSES.map((_, index) => (index < 1_000 ? 1 : 0)) } },
    );
    expect(verdict.assessment.decisions.map(({ label }) => label)).toContain('attack');
    expect(verdict.sentence).toMatch(/attack requests/);
  });

  it('what was decided differently is a finding of its own, with the requests', () => {
    const labels = { names: ['attack', 'get'], of: STATUSES.map((_, index) => (index < 3 ? 0 : 1)) };
    const { assessment } = verdictWith(
      'candidate',
      { replay: { statuses: STATUSES.with(0, 403).with(1, 0) } },
      { labels, asked: { 0: 'GET /?q=1' } },
    );
    expect(assessment.findings.filter(({ kind }) => kind === 'decided-differently')).toEqual([
      expect.objectContaining({
        severity: 'warn',
        value: 2,
        sentence:
          'The two versions decided 2 of 9 attack requests differently, ' +
          'for example GET /?q=1 (200 → 403) and request 1 (200 → no answer).',
      }),
    ]);
    expect(assessment.decisions[0]?.examples[0]).toEqual({
      index: 0,
      request: 'GET /?q=1',
      baseline: 200,
      candidate: 403,
    });
  });

  it('a single decision within the tolerance is listed and does not void', () => {
    const statuses = STATUSES.map((status, i) => (i === 7 ? 403 : status));
    const verdict = verdictWith('candidate', { replay: { statuses } });
    expect(verdict.outcome).toBe('pass');
    expect(verdict.assessment.decisions).toContainEqual(expect.objectContaining({ label: 'get', differing: 1 }));
  });
});

describe('deaths', () => {
  const withEvents = (arm: ArmName, ...events: ContainerEvent[]) => verdictWith(arm, { trial: { events } });

  it('on the candidate alone fail', () => {
    for (const kind of ['oom-kill', 'restart', 'exit', 'vanished', 'process-replaced'] as const) {
      const verdict = withEvents('candidate', eventOf(kind));
      expect(verdict.outcome).toBe('fail');
      expect(verdict.assessment.findings[0]).toMatchObject({
        kind,
        severity: 'fail',
        service: 'waf',
        arm: 'candidate',
      });
    }
    expect(withEvents('candidate', eventOf('oom-kill')).sentence).toContain(
      'waf of the candidate was killed by the kernel because memory ran out after 11,250 requests',
    );
  });

  it('have the last line of the log, if it is known', () => {
    const log = 'starting\nAH00052: child pid 7 exit signal Segmentation fault (11)\n\n';
    expect(withEvents('candidate', { ...eventOf('exit'), log }).sentence).toBe(
      'waf of the candidate exited after 11,250 requests (r2-candidate: last line of its log: ' +
        '“AH00052: child pid 7 exit signal Segmentation fault (11)”). The baseline kept running.',
    );
  });

  it('on the baseline void the comparison', () => {
    const verdict = withEvents('baseline', eventOf('restart'));
    expect(verdict.outcome).toBe('invalid');
    expect(failedChecks(verdict)).toEqual(['containers-lived']);
  });

  it('of services that are not judged, and replaced processes outside the window, do not count', () => {
    expect(withEvents('candidate', eventOf('restart', 'origin')).outcome).toBe('pass');
    expect(withEvents('candidate', eventOf('process-replaced', 'waf', 5)).outcome).toBe('pass');
  });

  it('that end a trial early still count: the run fails on them', () => {
    const verdict = verdictWith('candidate', {
      trial: {
        complete: false,
        failure: { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'connection refused' } },
        replay: null,
        events: [eventOf('oom-kill')],
      },
    });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.assessment.replicates).toBe(2);
  });

  it('leave their replicate out of the slopes', () => {
    const verdict = withEvents('candidate', eventOf('restart'));
    expect(
      verdict.assessment.services.find(({ role }) => role === 'waf')?.replicates.map(({ replicate }) => replicate),
    ).toEqual([1, 3]);
  });
});
