import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunDirectory, resumeRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { manifest, reading, temporaryFolder, trial } from '../recording/samples.js';

const AT = '2026-01-02T05:06:07.000Z';
const never = (): never => {
  throw new Error('the disk failed');
};

/** A run as a killed process leaves it: no end, and half a line. */
function cutOff(folder: string): string {
  const run = createRunDirectory(folder, manifest());
  run.journal.trialStarted(trial(), '2026-01-02T03:04:06.000Z');
  run.journal.reading('r1-baseline', reading(1));
  appendFileSync(join(run.directory, 'journal.ndjson'), '{"k":"r","t":"r1-base');
  return run.directory;
}

test('an interrupted run goes on: all seals are valid, and half a line is removed', async () => {
  using folder = temporaryFolder();
  const directory = cutOff(folder.path);
  const run = await resumeRunDirectory(directory, manifest(), AT, never);
  run.journal.trialStarted(trial({ id: 'r1-again1-baseline' }), AT);
  run.journal.trialEnded('r1-again1-baseline', null);
  run.close('2026-01-02T06:00:00.000Z');
  const { recording, warnings } = await readRecording(directory);
  expect(warnings).toEqual([]);
  expect(recording.integrity).toEqual({ sealed: true, faults: [], torn: false });
  expect(recording.resumed).toEqual([AT]);
  expect(recording.manifest.notes).toEqual([{ code: 'resumed', facts: { at: AT } }]);
  expect(recording.manifest.endedAt).toBe('2026-01-02T06:00:00.000Z');
  expect(recording.trials.map(({ trial: { id }, complete }) => [id, complete])).toEqual([
    ['r1-baseline', false],
    ['r1-again1-baseline', true],
  ]);
});

test('a line removed at the point of resumption is found', async () => {
  using folder = temporaryFolder();
  const directory = cutOff(folder.path);
  (await resumeRunDirectory(directory, manifest(), AT, never)).close(AT);
  const file = join(directory, 'journal.ndjson');
  const lines = readFileSync(file, 'utf8').split('\n');
  const seam = lines.findIndex((line) => line.includes('"k":"resumed"'));
  const without = [...lines.slice(0, seam - 1), ...lines.slice(seam)].join('\n');
  writeFileSync(file, without);
  const { recording } = await readRecording(directory);
  expect(recording.integrity?.faults).toEqual([{ code: 'lines-missing', line: seam, missing: 1 }]);
});
