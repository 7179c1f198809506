import { describe, expect, it } from 'vitest';
import { conduct, earlierIn } from '../../src/experiment/index.js';
import type { Recording, TrialRecording } from '../../src/model/index.js';
import { trialWith, type TrialChanges } from '../verdict/recordings.js';
import { fakeExperiment, SETTINGS } from './fakes.js';

const pair = (replicate: number, changes: TrialChanges = {}): TrialRecording[] =>
  (['baseline', 'candidate'] as const).map((arm) => trialWith(arm, replicate, [], changes));
const CUT: TrialChanges = { complete: false, failure: { code: 'ended-with-run', facts: {} } };
const begun = (log: readonly string[]): string[] =>
  log.filter((line) => line.startsWith('begin ')).map((line) => line.slice('begin '.length));

async function resumed(trials: Recording['trials'], settings = SETTINGS) {
  const looks: number[] = [];
  const decide = async (replicates: number) => {
    looks.push(replicates);
    return replicates === 5 ? ('stop' as const) : ('continue' as const);
  };
  const { experiment, log } = fakeExperiment({ earlier: earlierIn({ trials }), decide }, settings);
  await conduct(experiment);
  return { log, looks };
}

describe('a resumed run', () => {
  it('runs the missing pairs, and the interrupted pair under another name', async () => {
    const { log, looks } = await resumed([...pair(1), ...pair(2), ...pair(3, CUT)]);
    expect(begun(log)).toEqual([
      'r3-again1-baseline',
      'r3-again1-candidate',
      'r4-baseline',
      'r4-candidate',
      'r5-baseline',
      'r5-candidate',
    ]);
    expect(looks).toEqual([3, 5]);
  });

  it('does not repeat a look after which the run had gone on', async () => {
    const { log, looks } = await resumed([1, 2, 3, 4].flatMap((replicate) => pair(replicate)));
    expect(begun(log)).toEqual(['r5-baseline', 'r5-candidate']);
    expect(looks).toEqual([5]);
  });

  it('only looks if nothing is missing', async () => {
    const { log, looks } = await resumed([1, 2, 3, 4, 5].flatMap((replicate) => pair(replicate)));
    expect(begun(log)).toEqual([]);
    expect(looks).toEqual([5]);
  });

  it('interleaved: half a pair is set aside and the whole pair is run again', async () => {
    const [first] = pair(1);
    const { log } = await resumed([first!], { ...SETTINGS, order: 'interleaved', looks: [2] });
    expect(log.filter((line) => line.startsWith('aside'))).toEqual(['aside r1-baseline: interrupted']);
    expect(begun(log)).toEqual(['r1-again1-baseline', 'r1-again1-candidate', 'r2-candidate', 'r2-baseline']);
  });

  it('counts earlier repetitions against the same limit', async () => {
    const host = { cpu: null, memory: null, io: null, stolen: null };
    const disturbed = pair(1, { complete: false, setAside: { code: 'disturbed', lateness: 0.2, host } });
    expect(earlierIn({ trials: disturbed })).toMatchObject({ setAside: 1, pairs: [{ attempts: 1, counts: false }] });
  });

  it('refuses to mix images', async () => {
    const [baseline, candidate] = pair(1);
    const facts = { service: 'waf', container: 1, image: 'waf:1', versions: {}, memoryLimitBytes: null, cpus: null };
    const before = [
      { ...baseline!, containers: [{ ...facts, imageId: 'sha256:before' }] },
      { ...candidate!, containers: [] },
    ];
    const { experiment, up, log } = fakeExperiment({ earlier: earlierIn({ trials: before }) });
    const plain = experiment.stack;
    const stack: typeof plain = {
      ...plain,
      up: async (request) => ({ ...(await plain.up(request)), facts: [{ ...facts, imageId: 'sha256:now' }] }),
    };
    await expect(conduct({ ...experiment, stack })).rejects.toMatchObject({ code: 'RESUME_REFUSED' });
    expect(up.size).toBe(0);
    expect(log).toContain('up r2-baseline');
  });
});
