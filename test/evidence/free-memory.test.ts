import { describe, expect, it } from 'vitest';
import type { ContainerFacts, Recording, ServiceSeries } from '../../src/model/index.js';
import type { WordedVerdict } from '../../src/results/index.js';
import { buildResult, REPORTERS } from '../../src/report/index.js';
import { assess, judge } from '../../src/verdict/index.js';
import { recordingOf, serviceWith, wordedVerdict, trialWith } from '../verdict/recordings.js';

const MIB = 2 ** 20;
const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
const service = (name: string, perRequest: number): ServiceSeries =>
  serviceWith(name, 330, { unreclaimable_bytes: (_, requests) => 30 * MIB + Math.round(perRequest * requests) });
const container = (name: string, memoryLimitBytes: number | null): ContainerFacts => ({
  service: name,
  container: 1,
  image: 'waf:1',
  imageId: 'sha256:1',
  versions: {},
  memoryLimitBytes,
  cpus: null,
});

/** Three replicates of one service that grows by 400 B/request in the candidate. */
function recorded(
  containers: readonly ContainerFacts[],
  changes: Parameters<typeof recordingOf>[1] = {},
  hostBytes: number | null = null,
): Recording {
  const trials = [1, 2, 3].flatMap((run) =>
    (['baseline', 'candidate'] as const).map((arm) =>
      trialWith(arm, run, [service('waf', arm === 'candidate' ? 400 : 0)], { phases: [WINDOW], containers }),
    ),
  );
  const { manifest, ...rest } = recordingOf(trials, changes);
  const host = hostBytes === null ? null : ({ memoryBytes: hostBytes } as Recording['manifest']['host']);
  return { ...rest, manifest: { ...manifest, host } };
}

const roomIn = ({ assessment }: WordedVerdict) =>
  assessment.services.find(({ role }) => role === 'waf')?.room.candidate;
const production = { ratePerSecond: 200, headroomBytes: 64 * MIB, surviveSeconds: 86_400 };

describe('the memory that a service may still take', () => {
  it('is the headroom in production, if the scenario states it', () => {
    expect(roomIn(wordedVerdict(recorded([container('waf', 256 * MIB)], { gate: { production } })))).toEqual({
      bytes: 64 * MIB,
      source: 'production',
    });
  });

  it('without headroom, the free memory is the limit minus the level at the end of the window', () => {
    const verdict = wordedVerdict(recorded([container('waf', 256 * MIB)], {}, 8_192 * MIB));
    const end = verdict.assessment.services[0]!.levels.candidate!.end;
    expect(roomIn(verdict)).toEqual({ bytes: 256 * MIB - end, source: 'limit' });
  });

  it('counts the limit of every container of the service', () => {
    const two = [container('waf', 256 * MIB), { ...container('waf', 128 * MIB), container: 2 }];
    const verdict = wordedVerdict(recorded(two));
    expect(roomIn(verdict)?.bytes).toBe(384 * MIB - verdict.assessment.services[0]!.levels.candidate!.end);
  });

  it('without a limit, it is the memory of the host; without a host it is not known', () => {
    expect(roomIn(wordedVerdict(recorded([container('waf', null)], {}, 8_192 * MIB)))).toEqual({
      bytes: 8_192 * MIB,
      source: 'host',
    });
    expect(roomIn(wordedVerdict(recorded([container('waf', null)])))).toBeNull();
  });

  it('is zero if the level is above the limit', () => {
    expect(roomIn(wordedVerdict(recorded([container('waf', 10 * MIB)])))?.bytes).toBe(0);
  });

  it('is the same in every sentence of a report', () => {
    const recording = recorded([container('waf', 256 * MIB)]);
    const text = REPORTERS.get('markdown')!(buildResult(recording, judge(assess(recording)), '1')).contents;
    expect(text).toContain('fills the remaining 217 MiB of the memory limit in');
    expect(text).not.toContain('256 MiB');
  });
});
