import { expect, test } from 'vitest';
import type { CapturedCounts } from '../../src/model/index.js';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { portableScenario } from '../../src/scenario/portable.js';
import { manifest, replay, temporaryFolder, trial } from './samples.js';

test.each(['login-chain', 'uploads', 'grpc'])('the traffic of %s and what it captured are read back', async (name) => {
  using folder = temporaryFolder();
  const file = new URL(`../../scenarios/mixes/${name}.yaml`, import.meta.url).pathname;
  const scenario = portableScenario(await loadScenario(file));
  const captured: CapturedCounts = {
    taken: { 'shop.form csrf': 3 },
    missed: { 'shop.form sid': 1 },
    complete: { 'shop.login': 2 },
    incomplete: { 'shop.login': 1 },
  };
  const run = createRunDirectory(folder.path, manifest({ scenario }));
  run.journal.trialStarted(trial(), '2026-01-02T03:04:06.000Z');
  run.journal.replay('r1-baseline', replay({ captured }));
  run.journal.trialEnded('r1-baseline', null);
  run.close('2026-01-02T04:00:00.000Z');
  const { recording } = await readRecording(run.directory);
  expect(recording.integrity).toMatchObject({ faults: [] });
  expect(recording.manifest.scenario.traffic).toEqual(scenario.traffic);
  expect(recording.trials[0]?.replay?.captured).toEqual(captured);
});
