import { describe, expect, it } from 'vitest';
import type { ArmName, GateSettings, LatencyInWindow, Metric, TrialRecording } from '../../src/model/index.js';
import type { UsageMeasure, WordedVerdict } from '../../src/results/index.js';
import { recordingOf, replayWith, serviceWith, trialWith, wordedVerdict } from './recordings.js';

const PHASES = [
  { name: 'warmup', from: { time: 2, requests: 0 }, to: { time: 80, requests: 5_850 } },
  { name: 'window', from: { time: 80, requests: 5_850 }, to: { time: 320, requests: 23_850 } },
] as const;

type Counter = (requests: number) => number;

/** What an arm uses up; each value counts since the start. */
interface Use {
  readonly cpu?: Counter;
  readonly disk?: Counter;
  readonly log?: Counter;
  readonly latency?: readonly [first: number, second: number, third: number];
}

function latencyOf(thirds: NonNullable<Use['latency']>): LatencyInWindow {
  const spread = (p50: number) => ({ p50, p99: 4 * p50, max: 8 * p50 });
  return { whole: spread(thirds[1]), thirds: [spread(thirds[0]), spread(thirds[1]), spread(thirds[2])] };
}

function trialOf(arm: ArmName, replicate: number, use: Use): TrialRecording {
  const counters = { cpu_ms: use.cpu, written_bytes: use.disk, log_bytes: use.log };
  const metrics = Object.fromEntries(
    (Object.entries(counters) as [Metric, Counter | undefined][]).flatMap(([metric, of]) =>
      of === undefined ? [] : [[metric, (_: number, requests: number) => Math.round(of(requests))]],
    ),
  );
  const memory = () => 30 * 2 ** 20;
  return trialWith(arm, replicate, [serviceWith('waf', 330, { unreclaimable_bytes: memory, ...metrics })], {
    phases: PHASES,
    replay: use.latency === undefined ? null : replayWith({ latencyInWindow: latencyOf(use.latency) }),
  });
}

/** Three replicates that are alike. */
function verdictOf(baseline: Use, candidate: Use, gate: Partial<GateSettings> = {}): WordedVerdict {
  const trials = [1, 2, 3].flatMap((replicate) => [
    trialOf('baseline', replicate, baseline),
    trialOf('candidate', replicate, candidate),
  ]);
  return wordedVerdict(recordingOf(trials, { gate }));
}

const rowOf = (verdict: WordedVerdict, measure: UsageMeasure) =>
  verdict.assessment.usage?.find((row) => row.measure === measure);
const kindsOf = (verdict: WordedVerdict): string[] =>
  verdict.assessment.findings.filter(({ code }) => code.startsWith('usage-')).map(({ kind }) => kind);

describe('what is used up beside memory', () => {
  it('more processor time per request is a warning with both values, and does not change the verdict', () => {
    const verdict = verdictOf({ cpu: (n) => 1.2 * n }, { cpu: (n) => 1.5 * n });
    expect(rowOf(verdict, 'cpu')?.value.baseline).toBeCloseTo(1.2, 3);
    expect(rowOf(verdict, 'cpu')?.difference?.value).toBeCloseTo(0.3, 3);
    expect(rowOf(verdict, 'cpu')?.relative).toBeCloseTo(0.25, 3);
    expect(verdict.assessment.findings.find(({ kind }) => kind === 'cpu-higher')).toMatchObject({
      severity: 'warn',
      service: 'waf',
      sentence:
        'The processor time of waf per request is 1.5 ms in the candidate and 1.2 ms in the baseline: ' +
        '0.3 ms (25 %) more. Up to 0.12 ms more is accepted.',
    });
    expect([verdict.outcome, kindsOf(verdict)]).toEqual(['pass', ['cpu-higher']]);
  });

  it('less than a tenth more processor time is accepted, and so is a tenth of a very small time', () => {
    expect(kindsOf(verdictOf({ cpu: (n) => 1.2 * n }, { cpu: (n) => 1.3 * n }))).toEqual([]);
    expect(kindsOf(verdictOf({ cpu: (n) => 0.02 * n }, { cpu: (n) => 0.05 * n }))).toEqual([]);
  });

  it('processor time that rises with the requests is told as a rise, of the candidate alone', () => {
    const rises: Counter = (n) => n + n ** 2 / 60_000;
    const alike = verdictOf({ cpu: rises }, { cpu: rises });
    expect(rowOf(alike, 'cpu-drift')?.value.candidate).toBeCloseTo(0.4, 2);
    expect(kindsOf(alike)).toEqual([]);
    const verdict = verdictOf({ cpu: (n) => n }, { cpu: rises });
    expect(kindsOf(verdict)).toEqual(['cpu-higher', 'cpu-drifts']);
    expect(verdict.assessment.findings.find(({ kind }) => kind === 'cpu-drifts')?.sentence).toMatch(
      /^The processor time of waf per request changes by 0\.398 ms in the candidate and by 0\S* ms in the baseline,/,
    );
  });

  it('a log and a disk that fill faster are found, each by its own name', () => {
    expect(kindsOf(verdictOf({ log: (n) => 200 * n }, { log: (n) => 330 * n }))).toEqual(['log-higher']);
    expect(kindsOf(verdictOf({ disk: () => 0 }, { disk: (n) => 200 * n }))).toEqual(['disk-higher']);
    expect(kindsOf(verdictOf({ log: (n) => 200 * n }, { log: (n) => 212 * n }))).toEqual([]);
  });

  it('answers that take longer, and longer and longer, are found', () => {
    const quick = { latency: [3, 3, 3] } as const;
    expect(kindsOf(verdictOf(quick, { latency: [6, 6, 6] }))).toEqual(['latency-higher', 'latency-higher']);
    expect(kindsOf(verdictOf(quick, { latency: [1, 3, 9] }))).toEqual(['latency-drifts', 'latency-drifts']);
    expect(kindsOf(verdictOf(quick, { latency: [3.5, 3.5, 3.5] }))).toEqual([]);
  });

  it('the scenario makes it fail the run, or switches it off: then it is shown and not tested', () => {
    const [baseline, candidate] = [{ cpu: (n: number) => n }, { cpu: (n: number) => 2 * n }];
    expect(verdictOf(baseline, candidate, { findings: { 'cpu-higher': 'fail' } }).outcome).toBe('fail');
    const off = verdictOf(baseline, candidate, { findings: { 'cpu-higher': 'off' } });
    expect(kindsOf(off)).toEqual([]);
    expect(rowOf(off, 'cpu')).toMatchObject({ margin: null, pAdjusted: null });
    expect(rowOf(off, 'cpu')?.difference?.value).toBeCloseTo(1, 3);
  });

  it('what was not read is absent; what one arm lacks is not compared', () => {
    expect(verdictOf({}, {}).assessment).not.toHaveProperty('usage');
    expect(rowOf(verdictOf({}, { cpu: (n) => n }), 'cpu')).toMatchObject({
      value: { baseline: null },
      difference: null,
      pAdjusted: null,
    });
  });

  it('a counter that began again is not compared', () => {
    const restarted: Counter = (n) => (n < 15_000 ? n : n - 15_000);
    expect(rowOf(verdictOf({ cpu: (n) => n }, { cpu: restarted }), 'cpu')?.value.candidate).toBeNull();
  });
});

describe('no PASS if a finding that would fail the run could not be looked for', () => {
  const all = { cpu: (n: number) => n, disk: (n: number) => n, log: (n: number) => n, latency: [3, 3, 3] } as const;
  const failing = (...kinds: string[]) => ({
    findings: Object.fromEntries(kinds.map((kind) => [kind, 'fail' as const])),
  });

  it.each([
    ['cpu-higher', { ...all, cpu: undefined }],
    ['disk-higher', { ...all, disk: undefined }],
    ['latency-drifts', { ...all, latency: undefined }],
  ])('%s, with readings missing on one arm', (kind, { cpu, disk, latency }) => {
    const without: Use = { log: all.log, ...(cpu && { cpu }), ...(disk && { disk }), ...(latency && { latency }) };
    expect(verdictOf(all, all, failing(kind)).outcome).toBe('pass');
    const verdict = verdictOf(all, without, failing(kind));
    expect(verdict.outcome).toBe('inconclusive');
    expect(verdict.sentence).toContain(`The scenario says that ${kind} fails the run, and what this needs was not`);
    expect(verdictOf(all, without).outcome).toBe('pass');
  });

  it('of a run in which nothing but memory was read, each is named', () => {
    const { sentence } = verdictOf({}, {}, failing('cpu-higher', 'log-higher', 'latency-higher'));
    expect(sentence).toContain('cpu-higher, log-higher and latency-higher fail the run');
  });
});
