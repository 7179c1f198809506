import { describe, expect, it } from 'vitest';
import type { Recording, ServiceSeries, TrialRecording } from '../../src/model/index.js';
import { eventOf, recordingOf, replayWith, serviceWith, STATUSES, told, trialWith } from '../verdict/recordings.js';

const PHASES = [{ name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } }] as const;
const TRACE = { seed: 1, digest: 'abc', requests: 24_750, labels: { get: 24_750 } };
const flat = (second: number): number => 30e6 + 4096 * (second % 2);

type Change = (trial: TrialRecording) => Partial<TrialRecording>;

/** Three honest pairs of a run of ours, with one judged service; `change` is what is wrong with them. */
function verdictOf(change: Change = () => ({}), more: Partial<Recording> = {}, memory = flat) {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const kept = (second: number): number => (arm === 'candidate' ? memory(second) : flat(second));
      const trial = trialWith(arm, replicate, [serviceWith('waf', 330, { unreclaimable_bytes: kept })], {
        phases: PHASES,
        replay: replayWith(),
      });
      return { ...trial, ...change(trial) };
    }),
  );
  return told({ ...recordingOf(trials, {}, TRACE), ...more });
}
const failed = (verdict: ReturnType<typeof verdictOf>): string[] =>
  verdict.assessment.validity.filter(({ ok }) => !ok).map(({ name }) => name);
const onCandidate =
  (change: Change): Change =>
  (trial) =>
    trial.trial.arm === 'candidate' ? change(trial) : {};
const withMemory = ([waf]: readonly ServiceSeries[], of: (value: number, index: number) => number): ServiceSeries[] => {
  const columns = { unreclaimable_bytes: waf!.minimum.unreclaimable_bytes!.map(of) };
  return [{ ...waf!, minimum: columns, median: columns }];
};
/** Without the readings at these places. */
const without = ([waf]: readonly ServiceSeries[], gone: (index: number) => boolean): ServiceSeries[] => {
  const keep = <T extends Float64Array | Float32Array>(column: T): T => column.filter((_, index) => !gone(index)) as T;
  const columns = { unreclaimable_bytes: keep(waf!.minimum.unreclaimable_bytes!) };
  return [{ ...waf!, time: keep(waf!.time), requests: keep(waf!.requests), minimum: columns, median: columns }];
};

it('an honest run passes', () => {
  expect([verdictOf().outcome, failed(verdictOf())]).toEqual(['pass', []]);
});

describe('a judged service whose container ran and that was not measured never passes, and is named', () => {
  const api = { service: 'api', container: 1, image: 'api:1', imageId: 'sha256:2', versions: {} };
  const facts = { ...api, memoryLimitBytes: null, cpus: null };
  const named = { outcome: 'inconclusive', sentence: expect.stringContaining('api') };
  it.each([
    ['on both arms', () => true, named],
    ['on the candidate', ({ trial }: TrialRecording) => trial.arm === 'candidate', named],
    // Two replicates of three are enough where the rest is whole; the one that is missing is told.
    ['in one replicate', ({ trial }: TrialRecording) => trial.replicate === 2, {}],
  ])('%s', (_, unread, expected) => {
    const verdict = verdictOf((trial) => ({
      containers: [...trial.containers, facts],
      services: unread(trial)
        ? trial.services
        : [...trial.services, serviceWith('api', 330, { unreclaimable_bytes: (second) => 20e6 + flat(second) })],
    }));
    expect(verdict.assessment.services.map(({ role, judged }) => [role, judged])).toContainEqual(['api', true]);
    expect(verdict.assessment.findings).toContainEqual(
      expect.objectContaining({ kind: 'series-left-out', service: 'api' }),
    );
    expect(verdict).toMatchObject(expected);
  });
});

describe('readings are counted', () => {
  it.each([
    ['a third missing in the middle of one arm', (index: number) => index >= 120 && index < 220],
    ['a third missing here and there', (index: number) => index % 3 === 1],
    ['a third missing at the end', (index: number) => index > 210 && index < 322],
  ])('%s is no evidence', (_, gone) => {
    const verdict = verdictOf(onCandidate(({ services }) => ({ services: without(services, gone) })));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toMatch(/readings for only \d+ of the window's 300 seconds/);
  });

  it('a tenth missing still is', () => {
    const verdict = verdictOf(onCandidate(({ services }) => ({ services: without(services, (i) => i % 10 === 1) })));
    expect(verdict.outcome).toBe('pass');
  });
});

describe('memory that no living process has', () => {
  it.each([
    ['nothing at all', () => 0],
    ['less than a page', () => 100],
    ['nothing in one second', (value: number, index: number) => (index === 100 ? 0 : value)],
  ])('%s, on either arm: not judged', (_, of) => {
    for (const arm of ['baseline', 'candidate']) {
      const verdict = verdictOf(({ trial, services }) =>
        trial.arm === arm ? { services: withMemory(services, of) } : {},
      );
      expect(verdict.outcome).toBe('inconclusive');
      expect(verdict.sentence).toMatch(/less memory than any process has/);
    }
  });

  it('one that does not move by a byte while the other does: no PASS', () => {
    const moving = (second: number): number => 30e6 + 4096 * (second % 7);
    for (const stuck of ['baseline', 'candidate'])
      expect(
        verdictOf(({ trial, services }) => ({
          services: withMemory(services, (_, i) => (trial.arm === stuck ? 30e6 : moving(i))),
        })),
      ).toMatchObject({ outcome: 'inconclusive', sentence: expect.stringContaining('did not move by one byte') });
  });

  it('two that do not move: a version that takes no memory is honest', () => {
    expect(verdictOf(({ services }) => ({ services: withMemory(services, () => 30e6) })).outcome).toBe('pass');
  });

  it('a baseline that does not move excuses no growth', () => {
    const grows = verdictOf(
      ({ trial, services }) => ({
        services: withMemory(services, (_, i) => (trial.arm === 'baseline' ? 30e6 : 30e6 + 75 * 500 * i)),
      }),
      {},
    );
    expect(grows.outcome).toBe('fail');
  });
});

describe('answers are counted', () => {
  const counting = (of: (value: number) => number): Change =>
    onCandidate(({ services: [waf] }) => ({ services: [{ ...waf!, requests: waf!.requests.map(of) }] }));

  it.each([
    ['none', () => 0, /no request was answered/],
    ['a hundred times as many', (value: number) => 100 * value, /the readings count 2,475,000 answers/],
    ['half', (value: number) => value / 2, /the readings count 12,375 answers, but the replay counted 24,750/],
  ])('%s, by the readings of one arm', (_, of, words) => {
    const verdict = verdictOf(counting(of));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toMatch(words);
  });

  it('none by any reading: growth is not judged per second in silence', () => {
    const verdict = verdictOf(({ services: [waf] }) => ({
      services: [{ ...waf!, requests: waf!.requests.map(() => 0) }],
    }));
    expect([verdict.outcome, verdict.assessment.axis]).toEqual(['inconclusive', 'requests']);
  });

  it.each([[[]], [[200, 200]]])('without the answers on record nothing was compared', (statuses) => {
    const verdict = verdictOf(() => ({ replay: replayWith({ statuses }) }));
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['decisions-agree']]);
    expect(verdict.sentence).toContain('it is not known that both versions decided alike');
  });
});

describe('what ran is on record', () => {
  it('no list of containers', () => {
    expect(failed(verdictOf(onCandidate(() => ({ containers: [] }))))).toEqual(['containers-known']);
  });

  it('an event of a service that no container has', () => {
    const verdict = verdictOf(onCandidate(() => ({ events: [eventOf('exit', 'WAF')] })));
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['containers-known']]);
    expect(verdict.sentence).toContain('WAF');
  });

  it('one version from two images', () => {
    const verdict = verdictOf(({ trial, containers }) =>
      trial.id === 'r2-candidate' ? { containers: [{ ...containers[0]!, imageId: 'sha256:other' }] } : {},
    );
    expect(failed(verdict)).toEqual(['containers-known']);
    expect(verdict.sentence).toMatch(/waf ran from one image in r1-candidate and from another in r2-candidate/);
  });
});

describe('trials that are copies', () => {
  const phasesAt = (moment: number): TrialRecording['phases'] => [
    { name: 'window', from: { time: moment, requests: 1_500 }, to: { time: moment + 300.0000123, requests: 24_000 } },
  ];

  it('the same moments to the last digit', () => {
    const copied = verdictOf(({ trial }) => ({
      phases: phasesAt(trial.id === 'r3-candidate' ? 20.1234567 : 20 + trial.replicate * 0.0123457),
    }));
    // The arms of one pair share their moments here, too.
    expect([copied.outcome, failed(copied)]).toEqual(['invalid', ['trials-independent']]);
    expect(copied.sentence).toMatch(/r1-baseline and r1-candidate hold the same measurements/);
    const own = verdictOf(({ trial }) => ({
      phases: phasesAt(20 + trial.replicate * 0.0123457 + (trial.arm === 'baseline' ? 0 : 0.0011119)),
    }));
    expect(own.outcome).toBe('pass');
  });

  it('the same readings, where those are not a ruler', () => {
    const noise = (i: number, seed: number): number => 4096 * (((i + seed) ** 2 * 7919) % 101);
    const verdict = verdictOf(({ trial, services }) => ({
      services: withMemory(
        services,
        (_, i) =>
          30e6 + noise(i, trial.id === 'r3-baseline' ? 5 : trial.replicate * 2 + (trial.arm === 'candidate' ? 1 : 0)),
      ),
    }));
    expect(failed(verdict)).toEqual(['trials-independent']);
    expect(verdict.sentence).toMatch(/r2-candidate and r3-baseline/);
  });

  it('in a recording without a seal: one trial on both sides, in other pairs, is a warning', () => {
    const noise = (i: number, seed: number): number => 4096 * (((i + seed) ** 2 * 7919) % 101);
    const unsealed = (copies: (id: string) => number): ReturnType<typeof verdictOf> =>
      verdictOf(
        ({ trial, services }) => ({
          services: withMemory(services, (_, i) => 30e6 + noise(i, copies(trial.id))),
        }),
        { integrity: { sealed: false, faults: [], torn: false } },
      );
    const seeds: Record<string, number> = { 'r1-baseline': 1, 'r2-baseline': 2, 'r3-baseline': 3 };
    const shifted = unsealed((id) => seeds[id] ?? { 'r1-candidate': 2, 'r2-candidate': 3, 'r3-candidate': 1 }[id] ?? 0);
    expect(failed(shifted)).toEqual([]);
    expect(shifted.assessment.findings.filter(({ kind }) => kind === 'trials-alike')).toMatchObject([
      { severity: 'warn', value: 3 },
    ]);
    const doubled = unsealed((id) => ({ ...seeds, 'r3-baseline': 1 })[id] ?? 10 + Number(id[1]));
    expect(failed(doubled)).toEqual(['trials-independent']);
    const mirrored = unsealed((id) => Number(id[1]));
    expect(failed(mirrored)).toEqual(['trials-independent']);
  });
});

describe('a shortfall voids a verdict that it could explain, and is told where it could not', () => {
  const leak = (second: number): number => 30e6 + 75 * 4_659 * second;
  const late: Change = ({ trial }) => (trial.id === 'r2-candidate' ? { replay: replayWith({ seconds: 354 }) } : {});

  it('7 % late against a leak of 4,659 B per request: FAIL, with a warning of its size', () => {
    const verdict = verdictOf(late, {}, leak);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.assessment.findings).toContainEqual(
      expect.objectContaining({ kind: 'fell-short', severity: 'warn' }),
    );
  });

  it('much later than the load was meant to be: void', () => {
    const tooLate: Change = ({ trial }) =>
      trial.id === 'r2-candidate' ? { replay: replayWith({ seconds: 600 }) } : {};
    expect(failed(verdictOf(tooLate, {}, leak))).toEqual(['pace']);
  });

  it('a twentieth of the requests decided differently explains 3,277 B per request and no more', () => {
    const statuses = replayWith().statuses as Uint16Array;
    const otherwise: Change = onCandidate(() => ({
      replay: replayWith({ statuses: statuses.map((status, i) => (i < 1_238 ? 403 : status)) }),
    }));
    expect(verdictOf(otherwise, {}, leak).outcome).toBe('fail');
    expect(failed(verdictOf(otherwise, {}, (second) => 30e6 + 75 * 2_000 * second))).toEqual(['decisions-agree']);
    expect(failed(verdictOf(otherwise))).toEqual(['decisions-agree']);
  });

  it('undecided evidence has nothing to spare', () => {
    const wild = (second: number): number => 30e6 + 75 * 32 * second;
    expect(failed(verdictOf(late, {}, wild))).toEqual(['pace']);
  });
});

describe('a candidate that crashes fails, whatever its crash breaks', () => {
  const crash = eventOf('process-replaced');
  it.each([
    [
      'answers',
      { replay: replayWith({ answered: 20_000, statuses: STATUSES.map((status, i) => (i < 4_750 ? 0 : status)) }) },
    ],
    ['pace', { replay: replayWith({ seconds: 900 }) }],
    ['what was sent', { replay: replayWith({ sent: 24_000 }) }],
  ])('%s', (_, broken) => {
    const verdict = verdictOf(({ trial }) => (trial.id === 'r1-candidate' ? { events: [crash], ...broken } : {}));
    expect([verdict.outcome, failed(verdict)]).toEqual(['fail', []]);
  });

  it('what is broken on the baseline still voids', () => {
    const verdict = verdictOf(({ trial }) => {
      if (trial.id === 'r1-candidate') return { events: [crash] };
      return trial.id === 'r2-baseline' ? { replay: replayWith({ sent: 24_000 }) } : {};
    });
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['all-sent']]);
  });
});

it('a recording that is damaged is not judged', () => {
  const damaged = verdictOf(() => ({}), {
    integrity: { sealed: true, torn: false, faults: [{ code: 'line-damaged', line: 467 }] },
  });
  expect([damaged.outcome, failed(damaged)]).toEqual(['invalid', ['recording-whole']]);
  expect(damaged.sentence).toContain('Line 467 of the journal cannot be read.');
  const torn = verdictOf(() => ({}), { integrity: { sealed: true, torn: true, faults: [] } });
  expect(torn.outcome).toBe('pass');
});
