import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SEVERITIES, FINDING_KINDS, type ContainerFacts, type GateSettings } from '../../src/model/index.js';
import type { WordedVerdict } from '../../src/results/index.js';

import { recordingOf, serviceWith, trialWith, wordedVerdict } from '../verdict/recordings.js';

const MIB = 2 ** 20;
const PHASES = [
  { name: 'warmup', from: { time: 2, requests: 0 }, to: { time: 80, requests: 6_000 } },
  { name: 'window', from: { time: 80, requests: 6_000 }, to: { time: 320, requests: 24_000 } },
  { name: 'idle', from: { time: 320, requests: 24_000 }, to: { time: 333, requests: 24_000 } },
] as const;

type Memory = (second: number, requests: number) => number;
const flat: Memory = () => 30 * MIB;
const grown =
  (perRequest: number, start = 30): Memory =>
  (_, requests) =>
    start * MIB + perRequest * requests;

interface Setting {
  readonly gate?: Partial<GateSettings>;
  readonly limit?: number;
  readonly replicates?: number;
}

function verdictOf(
  baseline: Memory,
  candidate: Memory,
  { gate = {}, limit, replicates = 3 }: Setting = {},
): WordedVerdict {
  const container = {
    service: 'waf',
    container: 1,
    image: '',
    imageId: '',
    versions: {},
    memoryLimitBytes: limit ?? null,
    cpus: null,
  } satisfies ContainerFacts;
  const trials = Array.from({ length: replicates }, (_, i) =>
    (
      [
        ['baseline', baseline],
        ['candidate', candidate],
      ] as const
    ).map(([arm, memory]) =>
      trialWith(arm, i + 1, [serviceWith('waf', 330, { unreclaimable_bytes: memory })], {
        phases: PHASES,
        containers: [container],
      }),
    ),
  );
  return wordedVerdict(recordingOf(trials.flat(), { gate }));
}
const kindsOf = (verdict: WordedVerdict): string[] => verdict.assessment.findings.map(({ kind }) => kind);
const find = (verdict: WordedVerdict, kind: string) =>
  verdict.assessment.findings.find((finding) => finding.kind === kind);

describe('a level shift', () => {
  it('is reported for a version that holds more from the start', () => {
    const verdict = verdictOf(flat, () => 50 * MIB);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.sentence).toContain(
      'waf stays within the margin: it grows as fast in the candidate as in the baseline (95 % interval',
    );
    expect(find(verdict, 'level-shift')).toMatchObject({ severity: 'warn', value: 20 * MIB });
    expect(find(verdict, 'level-shift')?.sentence).toBe(
      'waf needs 20 MiB (67 %) more in the candidate when the window starts: the baseline needs 30 MiB. ' +
        'Growth is not included.',
    );
  });

  it('is not reported for the gain of a leak, in the window or in the warm-up', () => {
    const verdict = verdictOf(flat, grown(8_000));
    expect(verdict.outcome).toBe('fail');
    expect(kindsOf(verdict)).not.toContain('level-shift');
  });

  it('is reported beside a leak that did not cause it', () => {
    const verdict = verdictOf(flat, grown(2_000, 60));
    expect(verdict.outcome).toBe('fail');
    expect(find(verdict, 'level-shift')?.value).toBeCloseTo(30 * MIB, -5);
  });

  it('is not reported for a higher cycle that falls back to the same level', () => {
    const saw: Memory = (second) => (30 + ((second + 20) % 40)) * MIB;
    expect(kindsOf(verdictOf(flat, saw))).not.toContain('level-shift');
  });

  it('is not reported if only the baseline leaks', () => {
    expect(kindsOf(verdictOf(grown(8_000), flat))).not.toContain('level-shift');
  });
});

describe('severities', () => {
  const cases = {
    'level-shift': (gate: Partial<GateSettings>) => verdictOf(flat, () => 50 * MIB, { gate }),
    'both-leak': (gate: Partial<GateSettings>) => verdictOf(grown(900), grown(900), { gate }),
    improvement: (gate: Partial<GateSettings>) => verdictOf(grown(900), flat, { gate }),
    'peak-near-limit': (gate: Partial<GateSettings>) => verdictOf(flat, flat, { gate, limit: 31 * MIB }),
    'given-back': (gate: Partial<GateSettings>) =>
      verdictOf(flat, (second) => (second > 325 ? 10 : 30) * MIB, { gate }),
    'time-to-limit': (gate: Partial<GateSettings>) =>
      verdictOf(grown(20), grown(20), {
        gate: { ...gate, production: { ratePerSecond: 200, headroomBytes: 2 ** 30, surviveSeconds: 30 * 86_400 } },
      }),
  } as const;

  it.each(Object.entries(cases))('%s has its default, and the one that the scenario gives it', (kind, run) => {
    expect(kindsOf(run({}))).toContain(kind);
    expect(kindsOf(run({ findings: { [kind]: 'off' } }))).not.toContain(kind);
    const failing = run({ findings: { [kind]: 'fail' } });
    expect(failing.outcome).toBe('fail');
    expect(
      failing.assessment.findings.filter((finding) => finding.kind === kind && finding.severity === 'fail'),
    ).not.toEqual([]);
    expect(failing.sentence).toBe(failing.assessment.findings.find(({ severity }) => severity === 'fail')?.sentence);
  });

  it('a sufficient time to the limit is a note at every severity', () => {
    const production = { ratePerSecond: 200, headroomBytes: 2 ** 30, surviveSeconds: 3_600 };
    const verdict = verdictOf(grown(20), grown(20), { gate: { production, findings: { 'time-to-limit': 'fail' } } });
    expect(verdict.outcome).toBe('pass');
    expect(
      verdict.assessment.findings
        .filter(({ kind }) => kind === 'time-to-limit')
        .map(({ severity, arm }) => `${arm} ${severity}`),
    ).toEqual(['baseline info', 'candidate info']);
  });

  it('hosts-differ if each version had its own host', () => {
    const host = {
      os: 'Debian',
      kernel: '6.1',
      architecture: 'x86_64',
      cpus: 2,
      cpuModel: 'a processor',
      memoryBytes: 8e9,
      swapBytes: 0,
      cgroupVersion: 2,
      docker: '26',
      dockerApi: '1.45',
      compose: '2',
      node: 'v20',
      slopegate: '0.1.0',
    } as const;
    const { manifest, trials } = recordingOf([]);
    const foundWith = (candidateHost: typeof host | null) =>
      wordedVerdict({ manifest: { ...manifest, host, candidateHost }, trials }).assessment.findings.filter(
        ({ kind }) => kind === 'hosts-differ',
      );
    expect(foundWith(null)).toEqual([]);
    expect(foundWith(host)).toEqual([]);
    expect(foundWith({ ...host, kernel: '6.2' } as never)).toMatchObject([
      { severity: 'warn', sentence: 'The two versions ran on hosts that differ: kernel 6.1 and 6.2.' },
    ]);
  });

  it('are all in docs/findings.md, with their defaults', () => {
    const rows = [
      ...readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8').matchAll(
        /^\| `([\w-]+)` \| (\w+) \|/gm,
      ),
    ].map(([, kind, severity]) => [kind, severity]);
    expect(Object.fromEntries(rows)).toEqual(DEFAULT_SEVERITIES);
    expect(rows).toHaveLength(FINDING_KINDS.length);
  });
});
