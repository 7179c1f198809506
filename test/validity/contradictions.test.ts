import { describe, expect, it } from 'vitest';
import type {
  ContainerFacts,
  Metric,
  Recording,
  ReplayResult,
  ServiceSeries,
  TrialRecording,
} from '../../src/model/index.js';
import { recordingOf, replayWith, serviceWith, STATUSES, wordedVerdict, trialWith } from '../verdict/recordings.js';

const [WARMUP, WINDOW] = [
  { name: 'warmup', from: { time: 2, requests: 0 }, to: { time: 20, requests: 1_500 } },
  { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } },
] as const;
const TRACE = { seed: 1, digest: 'abc', requests: 24_750, labels: { get: 24_750 } };
const PAGE = 4096;
type Change = (trial: TrialRecording) => Partial<TrialRecording>;

/** Three honest pairs of a run of ours; `change` is what is wrong with them, `memory` what the candidate keeps. */
function verdictOf(change: Change, memory: (second: number) => number = () => 0, expected: 'same' | null = null) {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const kept = (second: number): number =>
        30e6 + PAGE * ((second * 7 + replicate) % 11) + (arm === 'candidate' ? memory(second) : 0);
      const services = [serviceWith('waf', 330, { unreclaimable_bytes: kept })];
      const containers = [imageOf(`waf:${arm}`, `sha256:${arm}`)];
      const trial = trialWith(arm, replicate, services, { phases: [WARMUP, WINDOW], replay: replayWith(), containers });
      return { ...trial, ...change(trial) };
    }),
  );
  const { manifest } = recordingOf(trials, {}, TRACE);
  return wordedVerdict({ manifest: { ...manifest, scenario: { ...manifest.scenario, expect: expected } }, trials });
}

const imageOf = (image: string, imageId: string): ContainerFacts => ({
  service: 'waf',
  container: 1,
  image,
  imageId,
  versions: {},
  memoryLimitBytes: null,
  cpus: null,
});
const failed = (verdict: ReturnType<typeof verdictOf>): string[] =>
  verdict.assessment.validity.filter(({ ok }) => !ok).map(({ name }) => name);
const inOne =
  (change: Partial<TrialRecording>): Change =>
  ({ trial }) =>
    trial.id === 'r2-candidate' ? change : {};
const onCandidate =
  (change: Change): Change =>
  (trial) =>
    trial.trial.arm === 'candidate' ? change(trial) : {};
/** With other readings of memory; the columns beside it are given. */
const read = (
  [waf]: readonly ServiceSeries[],
  of: (value: number, index: number) => number,
  beside: ServiceSeries['minimum'] = {},
): ServiceSeries[] => {
  const minimum = { unreclaimable_bytes: waf!.minimum.unreclaimable_bytes!.map(of), ...beside };
  return [{ ...waf!, minimum, median: minimum }];
};

it('an honest run passes', () => {
  const verdict = verdictOf(() => ({}));
  expect([verdict.outcome, failed(verdict)]).toEqual(['pass', []]);
});

describe('a record that contradicts itself is not valid, and says where', () => {
  const quick = { p50: 1, p99: 2, max: 3 };
  const slowThird = { whole: quick, thirds: [quick, quick, { ...quick, p99: 1e9 }] } as const;
  const replays: readonly (readonly [string, Partial<ReplayResult>, string])[] = [
    ['statuses by label', { counts: { get: { 200: 24_000, 403: 750 } } }, 'by label, 24,000 requests had'],
    ['more statuses than requests', { counts: { get: { 200: 24_250, 403: 500, 404: 9e9 } } }, '9,000,000,000 requests'],
    ['more answers than requests', { aborted: 5 }, '24,755 requests were answered, but only 24,750 sent'],
    ['more let through than answered', { passedCount: 24_751 }, '24,751 requests were not blocked'],
    ['requests that left later than the trial', { lateness: { p50: 0, p99: 1, max: 1e9 } }, 'late by'],
    ['answers later than the trial', { latency: { p50: 1e9, p99: 1, max: 2 } }, 'late by'],
    ['answers later than the trial, in a third of the window', { latencyInWindow: slowThird }, 'late by'],
  ];
  it.each(replays)('%s', (_, replay, words) => {
    const verdict = verdictOf(inOne({ replay: replayWith(replay) }));
    expect(verdict.outcome).toBe('invalid');
    expect(failed(verdict)).toContain('record-consistent');
    expect(verdict.assessment.validity.map(({ sentence }) => sentence).join(' ')).toContain(words);
  });

  it.each([
    ['a window before its warm-up', [{ ...WINDOW, to: WINDOW.from, from: { time: 5, requests: 0 } }, WARMUP]],
    ['a window that ends before it begins', [WARMUP, { ...WINDOW, to: { time: 10, requests: 24_000 } }]],
    ['requests that go back', [WARMUP, { ...WINDOW, to: { time: 320, requests: 100 } }]],
    ['a window of more requests than were answered', [WARMUP, { ...WINDOW, to: { time: 320, requests: 30_000 } }]],
  ])('%s', (_, phases) => {
    const verdict = verdictOf(inOne({ phases }));
    expect(verdict.outcome).toBe('invalid');
    expect(failed(verdict)).toContain('record-consistent');
  });

  it('a window longer than what was read is no evidence', () => {
    const verdict = verdictOf(() => ({ phases: [WARMUP, { ...WINDOW, to: { time: 500, requests: 24_750 } }] }));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toMatch(/readings for only \d+ of the window's 480 seconds/);
  });

  it('a digest that is not the one of the trace', () => {
    const verdict = verdictOf(() => ({ replay: replayWith({ plannedDigest: 'xyz', sentDigest: 'xyz' }) }));
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['same-trace']]);
  });
});

describe('answers of 500 and above', () => {
  const answering = (status: number, share: number): Change => {
    const statuses = STATUSES.map((one, i) => (i < share * STATUSES.length ? status : one));
    return () => ({ replay: replayWith({ statuses }) });
  };

  it.each([500, 502, 503])(
    '%i on nearly every request of both versions: nothing was tested as it was meant',
    (status) => {
      const verdict = verdictOf(answering(status, 0.9));
      expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['answers-served']]);
      expect(verdict.sentence).toContain(`most often ${status}`);
    },
  );

  it.each([
    [0.2, 'pass'],
    [0.21, 'invalid'],
    [0.49, 'invalid'],
  ])('a share of %f on both versions: %s', (share, outcome) => {
    expect(verdictOf(answering(502, share)).outcome).toBe(outcome);
  });

  it('a tenth of them may belong to the traffic', () => {
    expect(verdictOf(answering(502, 0.1)).outcome).toBe('pass');
  });

  it('in one label of one version they are named, with both shares', () => {
    const upload = STATUSES.length / 10;
    const counts = (status: number) => ({ get: { 200: STATUSES.length - upload }, upload: { [status]: upload } });
    const statuses = STATUSES.map((one, i) => (i < upload ? 503 : one));
    const verdict = verdictOf(({ trial: { arm } }) => ({
      replay: replayWith(arm === 'candidate' ? { counts: counts(503), statuses } : { counts: counts(200) }),
    }));
    const found = verdict.assessment.findings.filter(({ kind }) => kind === 'server-failed');
    expect(found.map(({ severity, sentence }) => `${severity}: ${sentence}`)).toEqual([
      'warn: Answers to upload say that a server failed (status 500 or above, most often 503): 0 of 7,425 (0 %) in ' +
        'the baseline, 7,425 of 7,425 (100 %) in the candidate. These requests were not served as in production.',
    ]);
  });
});

describe('images', () => {
  const one =
    (image: string): Change =>
    () => ({ containers: [imageOf(image, 'sha256:1')] });

  it('one image under two names was compared with itself', () => {
    const verdict = verdictOf(({ trial }) => one(`waf:${trial.arm}`)(undefined as never));
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['containers-known']]);
    expect(verdict.sentence).toContain('waf:baseline and waf:candidate');
  });

  /** A service with a name of its own in each version, and a database with one name. */
  const namedApart =
    (wafIds: readonly string[], databases: readonly string[]): Change =>
    ({ trial: { arm }, services: [waf] }) => {
      const [service, at] = arm === 'baseline' ? ['old', 0] : ['new', 1];
      const named = (name: string, role: string): ServiceSeries => ({ ...waf!, service: name, role });
      return {
        services: [named(service, 'waf'), named('db', 'db')],
        containers: [
          { ...imageOf(`waf:${arm}`, wafIds[at]!), service },
          { ...imageOf(databases[at]!, 'sha256:db'), service: 'db' },
        ],
      };
    };

  it('services are compared by their roles', () => {
    const [alike, apart] = [
      ['sha256:1', 'sha256:1'],
      ['sha256:1', 'sha256:2'],
    ];
    expect(failed(verdictOf(namedApart(alike, ['db:1', 'db:1'])))).toEqual(['containers-known']);
    expect(verdictOf(namedApart(apart, ['db:1', 'db:1.0'])).outcome).toBe('pass');
    const { findings } = verdictOf(namedApart(apart, ['db:1', 'db:1'])).assessment;
    expect(findings.map(({ kind }) => kind)).not.toContain('images-alike');
  });

  it('one image under one name is a warning, unless it is expected', () => {
    const kinds = (expected: 'same' | null): string[] =>
      verdictOf(one('waf:1'), undefined, expected).assessment.findings.map(({ kind }) => kind);
    expect(kinds(null)).toContain('images-alike');
    expect(kinds('same')).not.toContain('images-alike');
  });
});

describe('readings that got stuck', () => {
  const stuckFrom =
    (share: number, beside?: (index: number) => number, metric: Metric = 'file_bytes'): Change =>
    ({ services }) => {
      const from = Math.round(20 + 300 * share);
      const [memory] = services.map(({ minimum }) => minimum.unreclaimable_bytes!);
      const column = beside && { [metric]: Float64Array.from(memory!, (_, i) => beside(i)) };
      return { services: read(services, (value, i) => (i < from ? value : memory![from]!), column) };
    };
  const leak = (second: number): number => 75 * 40 * second;

  it.each([0.3, 0.5, 0.6, 0.8])('from %d of the window on, on one version: no PASS', (share) => {
    for (const arm of ['baseline', 'candidate']) {
      const verdict = verdictOf((trial) => (trial.trial.arm === arm ? stuckFrom(share)(trial) : {}));
      expect(verdict.outcome).toBe('inconclusive');
      expect(verdict.sentence).toContain(`The memory of the ${arm} moved all the time`);
    }
  });

  it.each([0.3, 0.6, 0.8])('from %d of the window on, on both', (share) => {
    expect(verdictOf(stuckFrom(share)).outcome).toBe('inconclusive');
  });

  it('with a leak behind it', () => {
    expect(verdictOf(onCandidate(stuckFrom(0.3)), leak).outcome).not.toBe('pass');
  });

  it('a process of which something else still moves was read', () => {
    expect(verdictOf(onCandidate(stuckFrom(0.6, (i) => PAGE * (i % 3)))).outcome).toBe('pass');
    expect(verdictOf(onCandidate(stuckFrom(0.6, () => PAGE))).outcome).toBe('inconclusive');
    // Readings that no process can have do not show that it was read.
    const garbage = (i: number): number => ({ 250: 1, 260: 2 ** 50, 270: 4095 })[i] ?? 8 * PAGE;
    expect(verdictOf(onCandidate(stuckFrom(0.6, garbage))).outcome).toBe('inconclusive');
  });

  it('the live heap moves also where memory is not read any more', () => {
    const heap = (index: number): number => 1e6 + 64 * (index % 3);
    expect(verdictOf(onCandidate(stuckFrom(0.3, heap, 'live_bytes')), leak).outcome).toBe('inconclusive');
  });

  it('one replicate of three does not decide', () => {
    const one = stuckFrom(0.6);
    expect(verdictOf((trial) => (trial.trial.replicate === 2 ? one(trial) : {})).outcome).toBe('pass');
  });

  it('a server that is quiet for minutes is no such thing', () => {
    const steps = (index: number): number => 30e6 + 65_536 * [40, 90, 130].filter((at) => index > at).length;
    expect(verdictOf(({ services }) => ({ services: read(services, (_, i) => steps(i)) })).outcome).toBe('pass');
  });

  it('a count of answers that is stuck in one service alone', () => {
    const verdict = verdictOf(
      onCandidate(({ services: [waf] }) => ({
        services: [
          { ...waf!, requests: waf!.requests.map((value) => Math.min(value, 19_500)) },
          { ...waf!, service: 'origin', role: 'origin' },
        ],
        containers: [imageOf('waf:candidate', 'sha256:candidate'), { ...imageOf('o', 'o'), service: 'origin' }],
      })),
    );
    expect(verdict.outcome).not.toBe('pass');
    expect(verdict.sentence).toContain('the readings count 19,500 answers, but the replay counted 24,000');
  });
});

describe('memory that falls at once as if the process was replaced', () => {
  const fallsTo = (share: number, more: Partial<Recording['trials'][number]> = {}): Change =>
    onCandidate(({ services }) => ({
      services: read(services, (value, i) => (i < 170 ? value : Math.round((value * share) / PAGE) * PAGE)),
      ...more,
    }));

  it.each([1 / 15, 0.2, 0.45])('to %d, without an event: no PASS', (share) => {
    const verdict = verdictOf(fallsTo(share));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toContain('as if the process was replaced');
  });

  it('after an action that may do it: judged', () => {
    const action = {
      name: 'flush',
      service: 'waf',
      due: 1,
      sent: 1,
      time: 165,
      requests: 1,
      seconds: 1,
      failure: null,
    };
    const verdict = verdictOf(fallsTo(1 / 15, { actions: [action] }));
    expect(verdict.sentence).not.toContain('as if the process was replaced');
  });
});
