import { expect, test } from 'vitest';
import type { HostLoad, HostSample, RunNote } from '../../src/model/index.js';
import { openHostLog } from '../../src/experiment/host-log.js';
import { fakeExperiment } from './fakes.js';

const TRIAL = { id: 'r1-baseline', arm: 'baseline', replicate: 1, purpose: 'replicate' } as const;
const load = (cpu: number): HostLoad => ({ cpu, memory: 0, io: null, stolen: 0 });

function logOf(loads: readonly HostLoad[], notes: readonly RunNote[] = []) {
  const written: HostSample[] = [];
  const noted: RunNote[] = [];
  const { experiment: plain } = fakeExperiment();
  let next = 0;
  const experiment = {
    ...plain,
    host: { open: async () => ({ notes, sample: async () => loads[next++]! }) },
    journal: {
      ...plain.journal,
      host: (_: string, sample: HostSample) => void written.push(sample),
      note: (note: RunNote) => void noted.push(note),
    },
  };
  return { open: () => openHostLog({ experiment, trial: TRIAL }, 2), written, noted };
}

test('asks every five seconds and at the end, and weights each stretch by its length', async () => {
  const { open, written } = logOf([load(0.5), load(0.2)]);
  const log = await open();
  log.look(6.9);
  log.look(10);
  const mean = await log.finish(12);
  expect(written).toEqual([
    { time: 10, seconds: 8, ...load(0.5) },
    { time: 12, seconds: 2, ...load(0.2) },
  ]);
  expect(mean.cpu).toBeCloseTo(0.44, 10);
  expect(mean).toMatchObject({ memory: 0, io: null, stolen: 0 });
});

test('missing information about a host is noted', async () => {
  const { open, noted } = logOf([], [{ code: 'pressure-unknown', facts: {} }]);
  await open();
  expect(noted).toEqual([{ code: 'pressure-unknown', facts: {} }]);
});
