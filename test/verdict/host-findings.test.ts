import { expect, it } from 'vitest';
import type { HostSample, TrialRecording } from '../../src/model/index.js';
import { recordingOf, wordedVerdict, trialWith, type TrialChanges } from './recordings.js';

const sample = (cpu: number | null, stolen: number | null): HostSample => ({
  time: 5,
  seconds: 5,
  cpu,
  memory: 0,
  io: 0,
  stolen,
});

const pair = (changes: TrialChanges): TrialRecording[] =>
  (['baseline', 'candidate'] as const).map((arm) => trialWith(arm, 1, [], changes));

const findingsOf = (trials: readonly TrialRecording[]) =>
  wordedVerdict(recordingOf(trials)).assessment.findings.filter(({ kind }) =>
    ['host-busy', 'pairs-set-aside'].includes(kind),
  );

it('a busy host gives a note that says how busy it was', () => {
  const [found, ...more] = findingsOf(pair({ host: [sample(0.2, 0), sample(0.6, 0.01)] }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ kind: 'host-busy', severity: 'info', value: 0.4, threshold: 0.25 });
  expect(found?.sentence).toContain('waited for a CPU 40 % of the time');
});

it.each([
  ['a calm one', pair({ host: [sample(0.1, 0.001)] }), 0],
  ['one that was not asked', pair({}), 0],
  ['one that does not tell', pair({ host: [sample(null, null)] }), 0],
  ['one whose time was stolen', pair({ host: [sample(null, 0.03)] }), 1],
  ['one that was busy under a trial that does not count', pair({ host: [sample(0.9, 0)], complete: false }), 0],
])('%s is none or one', (_, trials, many) => {
  expect(findingsOf(trials)).toHaveLength(many);
});

it('pairs that were set aside are reported with their lateness and the load of the host', () => {
  const host = { cpu: 0.8, memory: 0, io: 0, stolen: 0 };
  const disturbed = pair({ complete: false, setAside: { code: 'disturbed', lateness: 0.3, host } });
  const [found] = findingsOf([...disturbed, ...pair({})]);
  expect(found).toMatchObject({ kind: 'pairs-set-aside', value: 1, severity: 'info' });
  expect(found?.sentence).toMatch(/r1-baseline by 30 % and r1-candidate by 30 %.*waited for a CPU 80 %/);
});

it('a pair that was set aside and never repeated is left out, and says why', () => {
  const disturbed = pair({ complete: false, setAside: { code: 'interrupted' } });
  const left = wordedVerdict(recordingOf(disturbed)).assessment.findings.find(
    ({ kind }) => kind === 'replicates-left-out',
  );
  expect(left?.sentence).toContain('the baseline was set aside: the run was interrupted');
});
