import { describe, expect, it } from 'vitest';
import type { Recording, ServiceSeries, TrialRecording } from '../../src/model/index.js';
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
const flat = (second: number): number => 30e6 + 4096 * (second % 2);

const NO_LIMITS = { versions: {}, memoryLimitBytes: null, cpus: null };

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
  return wordedVerdict({ ...recordingOf(trials, {}, TRACE), ...more });
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

  it('readings twice a second are not twice as many seconds', () => {
    const half = verdictOf(
      onCandidate(({ services: [waf] }) => ({ services: [{ ...waf!, time: waf!.time.map((second) => second / 2) }] })),
    );
    expect(half.outcome).toBe('inconclusive');
    expect(half.sentence).toMatch(/readings for only \d+ of the window's 300 seconds/);
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
    ['nothing in three seconds', (value: number, index: number) => (index >= 100 && index < 103 ? 0 : value)],
    ['nothing at the end', (value: number, index: number) => (index > 300 ? 0 : value)],
  ])('%s, on either arm: not judged', (_, of) => {
    for (const arm of ['baseline', 'candidate']) {
      const verdict = verdictOf(({ trial, services }) =>
        trial.arm === arm ? { services: withMemory(services, of) } : {},
      );
      expect(verdict.outcome).toBe('inconclusive');
      expect(verdict.sentence).toMatch(/less memory than any process has/);
    }
  });

  it('nothing in one second was misread, and counts as one that was not read', () => {
    const misread = verdictOf(
      onCandidate(({ services }) => ({ services: withMemory(services, (value, i) => (i % 100 === 50 ? 0 : value)) })),
    );
    expect(misread.outcome).toBe('pass');
    const often = verdictOf(
      onCandidate(({ services }) => ({ services: withMemory(services, (value, i) => (i % 4 === 1 ? 0 : value)) })),
    );
    expect(often.sentence).toMatch(/readings for only 22\d of the window's 300 seconds/);
  });

  it('one that does not move by a byte while the other does: no PASS', () => {
    const moving = (second: number): number => 30e6 + 4096 * (second % 7);
    for (const stuck of ['baseline', 'candidate'])
      expect(
        verdictOf(({ trial, services }) => ({
          services: withMemory(services, (_, i) => (trial.arm === stuck ? 30e6 : moving(i))),
        })),
      ).toMatchObject({ outcome: 'inconclusive', sentence: expect.stringContaining('did not change by one byte') });
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

  it('a count that goes down, on both versions', () => {
    const verdict = verdictOf(({ services: [waf] }) => ({
      services: [
        { ...waf!, requests: waf!.requests.map((value, i) => (i % 5 === 0 ? Math.max(0, value - 200) : value)) },
      ],
    }));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toContain('the count of answered requests went down');
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
    expect(verdict.sentence).toContain('it is not known if both versions made the same decisions');
  });
});

describe('what ran is on record', () => {
  it('a missing replay is reported as missing', () => {
    const missing = verdictOf(({ trial }) => (trial.id === 'r2-candidate' ? { replay: null } : {}));
    expect(missing.outcome).toBe('invalid');
    expect(missing.sentence).toContain('r2-candidate: there is no record of what was sent.');
  });

  it('one container of a service of two', () => {
    const facts = (container: number) => ({
      ...NO_LIMITS,
      service: 'waf',
      container,
      image: 'waf:1',
      imageId: 'sha256:1',
    });
    const scaled = (read: readonly number[]): ReturnType<typeof verdictOf> =>
      verdictOf(({ trial, services: [waf] }) => ({
        containers: [facts(1), facts(2)],
        services: [{ ...waf!, containers: trial.id === 'r1-candidate' || trial.id === 'r2-candidate' ? read : [1, 2] }],
      }));
    expect(scaled([1, 2]).outcome).toBe('pass');
    expect(scaled([1])).toMatchObject({
      outcome: 'inconclusive',
      sentence: expect.stringContaining('container 2 of waf was not measured'),
    });
  });

  it('no list of containers', () => {
    expect(failed(verdictOf(onCandidate(() => ({ containers: [] }))))).toEqual(['containers-known']);
  });

  it('readings of a container that no list names', () => {
    const strange = verdictOf(({ trial, services: [waf] }) => ({
      services: [{ ...waf!, containers: trial.id === 'r2-candidate' ? [1, 7] : [1] }],
    }));
    expect(failed(strange)).toEqual(['containers-known']);
    expect(strange.sentence).toContain('r2-candidate: there are readings of container 7 of waf');
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

const INDEPENDENT = ['trials-independent'];

describe('trials that are copies', () => {
  const noise = (i: number, seed: number): number => 4096 * (((i + seed) ** 2 * 7919) % 101);
  const phasesAt = (moment: number): TrialRecording['phases'] => [
    { name: 'window', from: { time: moment, requests: 1_500 }, to: { time: moment + 300.0000123, requests: 24_000 } },
  ];

  it('the same moments to the last digit', () => {
    const copied = verdictOf(({ trial }) => ({
      phases: phasesAt(trial.id === 'r3-candidate' ? 20.1234567 : 20 + trial.replicate * 0.0123457),
    }));
    // The arms of one pair share their moments here, too.
    expect([copied.outcome, failed(copied)]).toEqual(['invalid', ['trials-independent']]);
    expect(copied.sentence).toMatch(/r1-baseline and r1-candidate have the same measurements/);
    const own = verdictOf(({ trial }) => ({
      phases: phasesAt(20 + trial.replicate * 0.0123457 + (trial.arm === 'baseline' ? 0 : 0.0011119)),
    }));
    expect(own.outcome).toBe('pass');
  });

  it('the same readings, where those are not a ruler', () => {
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

  const unsealed = { integrity: { sealed: false, faults: [], torn: false } };

  it('without a seal, a warning if one trial is used for both versions in different pairs', () => {
    const seeds: Record<string, number> = { 'r1-baseline': 1, 'r2-baseline': 2, 'r3-baseline': 3 };
    const copiedAs = (copies: Record<string, number>): ReturnType<typeof verdictOf> =>
      verdictOf(
        ({ trial: { id, replicate }, services }) => ({
          services: withMemory(services, (_, i) => 30e6 + noise(i, copies[id] ?? seeds[id] ?? 10 + replicate)),
        }),
        unsealed,
      );
    expect(copiedAs({}).outcome).toBe('pass');
    const alike = copiedAs({ 'r1-candidate': 2, 'r2-candidate': 3, 'r3-candidate': 1 });
    expect(failed(alike)).toEqual([]);
    expect(alike.assessment.findings.map(({ kind }) => kind)).toContain('trials-alike');
    expect(failed(copiedAs({ 'r3-baseline': 1 }))).toEqual(INDEPENDENT);
    expect(failed(copiedAs({ 'r2-candidate': 2 }))).toEqual(INDEPENDENT);
  });

  it('a copy with a few changed or missing readings counts as a copy', () => {
    const changed = verdictOf(({ trial, services }) => {
      const copy = withMemory(services, (_, i) =>
        trial.id === 'r3-candidate' && i % 20 === 0
          ? 31e6
          : 30e6 + noise(i, trial.id === 'r3-candidate' ? 1 : 2 * trial.replicate + (trial.arm === 'baseline' ? 0 : 7)),
      );
      return { services: copy };
    });
    expect(changed.outcome).toBe('pass');
    const copied = verdictOf(({ trial, services }) => {
      const seed = trial.replicate * 2 + (trial.arm === 'candidate' ? 1 : 0);
      const isCopy = trial.id === 'r3-candidate';
      const copy = withMemory(services, (_, i) => (isCopy && i % 20 === 0 ? 31e6 : 30e6 + noise(i, isCopy ? 2 : seed)));
      return { services: isCopy ? without(copy, (i) => i % 40 === 5) : copy };
    });
    expect(failed(copied)).toEqual(INDEPENDENT);
  });

  it('one service under two names', () => {
    const twice = verdictOf(({ trial, services }) => {
      const waf = withMemory(
        services,
        (_, i) => 30e6 + noise(i, trial.replicate * 2 + (trial.arm === 'baseline' ? 0 : 1)),
      );
      return { services: [...waf, { ...waf[0]!, service: 'api', role: 'api' }] };
    });
    expect([twice.outcome, failed(twice)]).toEqual(['invalid', INDEPENDENT]);
    expect(twice.sentence).toContain('r1-baseline: waf and api have the same readings');
  });

  describe('honest data that is coarse is not taken for copies', () => {
    const arrivals = (i: number): number => ((i * 7919) % 13) + 70;
    it.each<[string, (second: number) => number]>([
      ['constant', () => 30e6],
      ['rounded to 1 MiB', (second) => 2 ** 20 * Math.round((30e6 + 20_000 * second) / 2 ** 20)],
      ['one page a second', (second) => 30e6 + 4096 * second],
      ['a sawtooth of one height', (second) => 30e6 + 4096 * (second % 30)],
      ['rises in steps of three heights', (second) => 30e6 + 4096 * (second % 2) + 65_536 * Math.floor(second / 150)],
    ])('%s', (_, of) => {
      // Both versions get requests at the same irregular times: the counts are alike in every trial.
      let sum = 0;
      const counts = Float64Array.from({ length: 334 }, (_, i) => (sum += i < 2 ? 0 : arrivals(i)));
      const last = counts.at(-1)!;
      const verdict = verdictOf(
        ({ services: [waf] }) => ({
          services: withMemory([{ ...waf!, requests: counts }], (_, i) => of(i)),
          replay: replayWith({ sent: last, planned: last, answered: last, statuses: new Uint16Array(last).fill(200) }),
        }),
        unsealed,
      );
      expect(failed(verdict)).not.toContain('trials-independent');
    });
  });
});

describe('missing traffic makes a verdict INVALID if it could explain it, and is a note if it could not', () => {
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

  it('a replay that ended long before its schedule was another load', () => {
    for (const seconds of [0, 165, 290]) {
      const early = verdictOf(onCandidate(() => ({ replay: replayWith({ seconds }) })));
      expect([early.outcome, failed(early)]).toEqual(['invalid', ['pace']]);
      expect(early.sentence).toContain('before its schedule');
    }
  });

  it('a judged window that is much shorter than planned', () => {
    const [window] = PHASES;
    const cut = verdictOf(() => ({ phases: [{ ...window, to: { time: 140, requests: 10_500 } }] }));
    expect(failed(cut)).toEqual(['pace']);
    expect(cut.sentence).toContain('r1-baseline: the judged window has 9,000 requests, but 22,500 were planned.');
  });

  it('a candidate that answers with server errors made other decisions', () => {
    const statuses = (replayWith().statuses as Uint16Array).map((status) => (status === 200 ? 502 : status));
    expect(failed(verdictOf(onCandidate(() => ({ replay: replayWith({ statuses }) }))))).toContain('decisions-agree');
  });

  it('undecided evidence has nothing to spare', () => {
    const wild = (second: number): number => 30e6 + 75 * 32 * second;
    expect(failed(verdictOf(late, {}, wild))).toEqual(['pace']);
  });
});

/** The last 750 requests were never sent. */
const CUT_SHORT = { sent: 24_000, statuses: STATUSES.map((status, i) => (i < 24_000 ? status : 0)) };

describe('a candidate that crashes fails, also if its crash breaks other checks', () => {
  const crash = eventOf('process-replaced');
  it.each([
    [
      'answers',
      {
        replay: replayWith({ statuses: STATUSES.map((status, i) => (i < 4_750 ? 0 : status)) }),
        phases: [{ ...PHASES[0], to: { time: 320, requests: 20_000 } }],
      },
    ],
    ['pace', { replay: replayWith({ seconds: 900 }) }],
    ['what was sent', { replay: replayWith(CUT_SHORT) }],
  ])('%s', (_, broken) => {
    const verdict = verdictOf(({ trial }) => (trial.id === 'r1-candidate' ? { events: [crash], ...broken } : {}));
    expect([verdict.outcome, failed(verdict)]).toEqual(['fail', []]);
  });

  it('what is broken on the baseline still voids', () => {
    const verdict = verdictOf(({ trial }) => {
      if (trial.id === 'r1-candidate') return { events: [crash] };
      return trial.id === 'r2-baseline' ? { replay: replayWith(CUT_SHORT) } : {};
    });
    expect([verdict.outcome, failed(verdict)]).toEqual(['invalid', ['all-sent']]);
  });
});

it('more replicates than planned also count', () => {
  const scenario = { looks: [2] } as const;
  const last = (leak: number): ReturnType<typeof verdictOf> => {
    const trials = [1, 2, 3].flatMap((replicate) =>
      (['baseline', 'candidate'] as const).map((arm) => {
        const kept = (second: number): number =>
          flat(second) + (arm === 'candidate' && replicate === 3 ? leak * second : 0);
        const services = [serviceWith('waf', 330, { unreclaimable_bytes: kept })];
        return trialWith(arm, replicate, services, { phases: PHASES, replay: replayWith() });
      }),
    );
    return wordedVerdict(
      recordingOf(trials, { experiment: { looks: [...scenario.looks] }, gate: { lookWeights: [1] } }, TRACE),
    );
  };
  expect(last(0).outcome).toBe('pass');
  expect(last(75 * 2_000).outcome).toBe('inconclusive');
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
