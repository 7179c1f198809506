import { describe, expect, it } from 'vitest';
import type {
  ArmName,
  GateSettings,
  Recording,
  ServiceSeries,
  TrialPhase,
  TrialRecording,
} from '../../src/model/index.js';
import { pattern, recordingOf, trialWith, wordedVerdict } from './recordings.js';

const RATE = 75;
const [LOAD, WINDOW, END] = [2, 62, 362];

/** What a service gains with each request and in each second, and what it does in the idle phase besides. */
interface Gains {
  readonly perRequest?: number;
  readonly perSecond?: number;
  /** Bytes, by seconds since the load ended. */
  readonly afterLoad?: (seconds: number, replicate: number) => number;
}

/** A trial with an idle phase that begins `late` seconds later. Memory is counted in pages, as the kernel does. */
function trial(arm: ArmName, replicate: number, { idle, late = 0 }: { idle: number; late?: number }, gains: Gains) {
  const { perRequest = 0, perSecond = 0, afterLoad = () => 0 } = gains;
  const end = END + late;
  const time = Float64Array.from({ length: end + idle }, (_, i) => i + 1);
  const requests = time.map((at) => RATE * Math.max(0, Math.min(at, end) - LOAD));
  const memory = time.map((at, i) => {
    const own = perRequest * (requests[i] as number) + perSecond * at + 900 * replicate;
    return 30e6 + 4096 * Math.floor((own + (at > end ? afterLoad(at - end, replicate) : 0)) / 4096);
  });
  const columns = { unreclaimable_bytes: memory };
  const series: ServiceSeries = { service: 'waf', role: 'waf', time, requests, minimum: columns, median: columns };
  const at = (second: number) => ({ time: second, requests: RATE * (Math.min(second, end) - LOAD) });
  const phases: TrialPhase[] = [
    { name: 'warmup', from: at(LOAD), to: at(WINDOW) },
    { name: 'window', from: at(WINDOW), to: at(end) },
    { name: 'idle', from: at(end), to: at(end + idle) },
  ];
  return trialWith(arm, replicate, [series], { phases });
}

interface Run {
  readonly baseline?: Gains;
  readonly candidate?: Gains;
  readonly idle?: number;
  /** The candidate's idle phase begins so many seconds later. */
  readonly late?: number;
  readonly gate?: Partial<GateSettings>;
  /** Changes a trial after it was made. */
  readonly damage?: (trial: TrialRecording) => TrialRecording;
}

function judged({ baseline = {}, candidate = {}, idle = 60, late = 0, gate = {}, damage = (one) => one }: Run) {
  const trials = [1, 2, 3].flatMap((replicate) => [
    trial('baseline', replicate, { idle }, baseline),
    trial('candidate', replicate, { idle, late }, candidate),
  ]);
  const changes = { gate: { prior: 'steps', ...gate } as const, experiment: { idleSeconds: idle } };
  const recording: Recording = recordingOf(trials.map(damage), changes);
  const verdict = wordedVerdict(recording);
  return { verdict, time: verdict.assessment.services[0]?.time, kinds: verdict.assessment.findings.map((f) => f.kind) };
}

const LEAK = { perSecond: 2000 };

describe('growth with time alone', () => {
  it('2,000 bytes per second FAIL, though they are within the margin for requests', () => {
    const { verdict, time, kinds } = judged({ candidate: LEAK });
    expect(verdict.assessment.services[0]?.outcome).toBe('pass');
    expect(verdict.outcome).toBe('fail');
    expect(kinds).toContain('grows-with-time');
    expect(time?.difference.value).toBeCloseTo(2000 * 3600, -6);
    expect(verdict.sentence).toMatch(
      pattern(/^waf grows faster in the candidate than in the baseline, by 6\.9 MiB of memory per hour, /, /even with/),
    );
  });

  it('is found with the idle phase of the preset gate, and with arms that end at different times', () => {
    expect(judged({ candidate: LEAK, idle: 30 }).time?.state).toBe('grows');
    expect(judged({ candidate: LEAK, late: 7 }).time?.difference.value).toBeCloseTo(2000 * 3600, -6);
  });

  it('growth with requests is not called growth with time', () => {
    const { verdict, time, kinds } = judged({ candidate: { perRequest: 200 } });
    expect(verdict.outcome).toBe('fail');
    expect(time).toMatchObject({ difference: { value: 0 }, split: null });
    expect(kinds).not.toContain('grows-with-time');
    expect(verdict.sentence).not.toContain('hour');
  });

  it('both at once are told apart', () => {
    const { verdict, time } = judged({ candidate: { ...LEAK, perRequest: 200 } });
    expect(time?.split?.perRequest.difference.value).toBeCloseTo(200, 0);
    expect(verdict.sentence).toMatch(
      /It grows in two ways: 6\.9 MiB per hour .* and beside that 200\.\d B per request/,
    );
  });

  it('a FAIL of the window that time explains is named so', () => {
    const { verdict, time } = judged({ candidate: { perSecond: 6000 } });
    expect(verdict.assessment.services[0]?.outcome).toBe('fail');
    expect(time?.split?.perRequest.difference.value).toBeCloseTo(0, 0);
    expect(verdict.said[1]).toMatchObject({ code: 'growth-in-two-parts', facts: { explained: true } });
    expect(verdict.sentence).toMatch(/It grows with time: 20\.\d MiB per hour .* not surely above the margin/);
  });

  it('two equal versions pass, whether they stand still or both grow with time', () => {
    expect(judged({}).verdict.outcome).toBe('pass');
    const { verdict, kinds } = judged({ baseline: LEAK, candidate: LEAK });
    expect(verdict.outcome).toBe('pass');
    expect(kinds).not.toContain('grows-with-time');
  });

  it('two equal versions that give memory back after the load pass, though not at the same pace', () => {
    const release = (pace: number) => ({
      afterLoad: (seconds: number, replicate: number) => -3e6 * (1 - Math.exp(-seconds / (pace + 5 * replicate))),
    });
    const { verdict, kinds } = judged({ baseline: release(20), candidate: release(35) });
    expect(verdict.outcome).toBe('pass');
    expect(kinds).not.toContain('grows-with-time');
  });

  it('a baseline that gives memory back is no growth of the candidate', () => {
    const { time, verdict } = judged({ baseline: { afterLoad: (seconds) => -5000 * seconds } });
    expect(time?.difference.value).toBeGreaterThan(time!.margin);
    expect(time?.state).toBe('open');
    expect(verdict.outcome).toBe('pass');
  });

  it('a job that runs only after the load is not growth with time: there is none under load', () => {
    const { time, verdict } = judged({ candidate: { afterLoad: (seconds) => 2000 * seconds } });
    expect(time?.bounds.lower).toBeGreaterThan(time!.margin);
    expect(time?.state).toBe('open');
    expect(verdict.outcome).toBe('pass');
  });

  it('one step in the idle phase is not growth with time', () => {
    const step = { afterLoad: (seconds: number) => (seconds > 35 ? 400_000 : 0), perRequest: 60 };
    expect(judged({ candidate: step }).kinds).not.toContain('grows-with-time');
  });
});

describe('no PASS if memory may grow with time', () => {
  const may = judged({ candidate: { perSecond: 500 }, idle: 30 });

  it('makes the run INCONCLUSIVE, with a code of its own and a longer idle phase as advice', () => {
    expect(may.time?.state).toBe('may-grow');
    expect(may.verdict.outcome).toBe('inconclusive');
    expect(may.verdict.assessment.services[0]?.guards[0]).toMatchObject({ name: 'TIME', code: 'may-grow-with-time' });
    expect(may.verdict.sentence).toMatch(/Without any request, it grows by about 1\.\d+ MiB per hour/);
    expect(may.verdict.advised[0]?.code).toBe('longer-idle');
    expect(may.verdict.advice).toMatch(/experiment\.idle: \d+0s/);
  });

  it('the advised idle phase decides', () => {
    const { seconds } = may.verdict.advised[0]!.facts as { seconds: number };
    expect(judged({ candidate: { perSecond: 500 }, idle: seconds }).time?.state).toBe('grows');
  });

  it('a growth that is surely below the margin passes', () => {
    const { time, verdict } = judged({ candidate: { perSecond: 60 }, idle: 400 });
    expect(time?.state).toBe('within');
    expect(verdict.outcome).toBe('pass');
  });

  /** The readings of one trial that are left. */
  const reading =
    (keeps: (second: number) => boolean) =>
    (one: TrialRecording): TrialRecording => {
      if (one.trial.id !== 'r2-candidate') return one;
      const services = one.services.map((series) => {
        const rows = Array.from(series.time, (_, i) => i).filter((i) => keeps(series.time[i] as number));
        const pick = (column: ArrayLike<number>) => Float64Array.from(rows, (i) => column[i] as number);
        const memory = { unreclaimable_bytes: pick(series.minimum.unreclaimable_bytes!) };
        return { ...series, time: pick(series.time), requests: pick(series.requests), minimum: memory, median: memory };
      });
      return { ...one, services };
    };

  it.each([
    ['none of its readings', reading((second) => second <= END)],
    ['readings that end early', reading((second) => second <= END + 45)],
    ['a gap of a third', reading((second) => second < END + 15 || second > END + 36)],
    ['no idle phase', (one: TrialRecording) => ({ ...one, phases: one.phases.filter(({ name }) => name !== 'idle') })],
  ])('a trial that was planned with an idle phase, with %s: no PASS, and it is named', (_, damage) => {
    expect(judged({ idle: 60 }).verdict.outcome).toBe('pass');
    for (const candidate of [{}, { perSecond: 900 }]) {
      const { verdict } = judged({ candidate, damage });
      expect(verdict.outcome).not.toBe('pass');
    }
    const { verdict } = judged({ damage });
    expect(verdict.sentence).toMatch(/A PASS needs the readings of the idle phase too: .* replicate 2/);
    expect(verdict.advised[0]?.code).toBe('measure-all');
  });

  it('growth with time that does not decide needs no idle phase', () => {
    const gate = { findings: { 'grows-with-time': 'warn' } } as const;
    expect(judged({ damage: reading((second) => second <= END), gate }).verdict.outcome).toBe('pass');
  });

  it('an idle phase that is too short says nothing', () => {
    const { time, verdict } = judged({ candidate: LEAK, idle: 15 });
    expect(time).toBeUndefined();
    expect(verdict.outcome).toBe('pass');
  });
});

describe('what the operator states about growth with time', () => {
  it('the hourly margin decides', () => {
    expect(judged({ candidate: LEAK, gate: { marginBytesPerHour: 16 * 2 ** 20 } }).verdict.outcome).toBe('pass');
    expect(judged({ candidate: LEAK, gate: { marginBytesPerHour: 4 * 2 ** 20 } }).verdict.outcome).toBe('fail');
  });

  it.each(['warn', 'info', 'off'] as const)(
    'as a finding that is %s it neither fails nor prevents a PASS',
    (severity) => {
      const gate = { findings: { 'grows-with-time': severity } };
      expect(judged({ candidate: LEAK, gate }).verdict.outcome).toBe('pass');
      expect(judged({ candidate: { perSecond: 500 }, idle: 30, gate }).verdict.outcome).toBe('pass');
    },
  );

  it('can be accepted', () => {
    const entry = { finding: 'grows-with-time', service: 'waf', reason: 'known', owner: 'ops', expires: '2099-01-01' };
    expect(judged({ candidate: LEAK, gate: { accepted: [entry as never] } }).verdict.outcome).toBe('pass');
  });

  it('the time until memory is full counts both parts at the production rate', () => {
    const production = { ratePerSecond: 25, headroomBytes: 2 ** 30, surviveSeconds: 30 * 86_400 };
    const { verdict } = judged({ candidate: { ...LEAK, perRequest: 20 }, gate: { production } });
    const found = verdict.assessment.findings.find(({ kind, arm }) => kind === 'time-to-limit' && arm === 'candidate');
    expect(found?.value).toBeCloseTo(2 ** 30 / (2000 + 20 * 25), -4);
    expect(found?.sentence).toMatch(
      /grows by (19|20)[.\d]* B of memory per request, and by 6\.9 MiB of memory per hour/,
    );
  });
});
