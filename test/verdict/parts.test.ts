import { describe, expect, it } from 'vitest';
import type { Metric, Recording } from '../../src/model/index.js';
import { recordingOf, serviceWith, wordedVerdict, trialWith } from './recordings.js';

const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
type Memory = Partial<Record<Metric, (second: number, requests: number) => number>>;

/** Three replicates of a service; what each kind of memory keeps of a request in the candidate. */
function recordingWith(kept: Partial<Record<Metric, number>>): Recording {
  const level = (perRequest: number) => (_: number, requests: number) =>
    Math.round((20e6 + perRequest * requests) / 4096) * 4096;
  const memory = (on: boolean): Memory =>
    Object.fromEntries(Object.entries(kept).map(([metric, perRequest]) => [metric, level(on ? perRequest : 0)]));
  const total = Object.entries(kept)
    .filter(([metric]) => metric !== 'file_bytes')
    .reduce((sum, [, value]) => sum + value, 0);
  const service = (on: boolean) => [
    serviceWith('waf', 330, { ...memory(on), unreclaimable_bytes: level(on ? total : 0) }),
  ];
  const trials = [1, 2, 3].flatMap((replicate) => [
    trialWith('baseline', replicate, service(false), { phases: [WINDOW] }),
    trialWith('candidate', replicate, service(true), { phases: [WINDOW] }),
  ]);
  return recordingOf(trials);
}

const partsOf = (recording: Recording): Record<string, number> =>
  Object.fromEntries(
    (wordedVerdict(recording).assessment.services[0]?.parts ?? []).map(({ metric, difference }) => [
      metric,
      Math.round(difference?.value ?? Number.NaN),
    ]),
  );

describe('growth by kind of memory', () => {
  it('names each kind of memory, and page cache', () => {
    expect(
      partsOf(recordingWith({ anon_bytes: 300, shmem_bytes: 100, kernel_unreclaimable_bytes: 0, file_bytes: 5000 })),
    ).toEqual({ anon_bytes: 300, shmem_bytes: 100, kernel_unreclaimable_bytes: 0, file_bytes: 5000 });
  });

  it('leaves out what was not read, and takes it for no zero', () => {
    expect(partsOf(recordingWith({ anon_bytes: 300 }))).toEqual({ anon_bytes: 300 });
  });

  it('gives the live heap to the byte, by its lowest readings', () => {
    const at = (perRequest: number) => (second: number, requests: number) =>
      20_000_000 + Math.floor(requests / 8) * 8 * perRequest + (second % 7 === 0 ? 0 : 90_000 + (second % 5) * 31_000);
    const service = (perRequest: number) => [
      serviceWith('waf', 330, {
        unreclaimable_bytes: (_, requests) => 40e6 + perRequest * requests,
        anon_bytes: (_, requests) => 40e6 + perRequest * requests,
        live_bytes: at(perRequest),
      }),
    ];
    const trials = [1, 2, 3].flatMap((replicate) => [
      trialWith('baseline', replicate, service(0), { phases: [WINDOW] }),
      trialWith('candidate', replicate, service(4), { phases: [WINDOW] }),
    ]);
    const live = wordedVerdict(recordingOf(trials)).assessment.services[0]?.parts?.find(
      ({ metric }) => metric === 'live_bytes',
    );
    expect(live?.growth.baseline?.value).toBe(0);
    expect(live?.difference?.value).toBeCloseTo(4, 2);
    expect(live?.difference?.lower).toBeGreaterThan(3);
  });

  it('does not make page cache a reason to fail', () => {
    expect(wordedVerdict(recordingWith({ anon_bytes: 0, file_bytes: 9000 })).outcome).not.toBe('fail');
  });
});
