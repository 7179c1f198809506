import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRunDirectory, readRecording } from '../../src/recording/index.js';
import { appendFile } from '../../src/recording/journal/append-file.js';
import { runJournal } from '../../src/recording/journal/run-journal.js';
import { manifest, reading, replay, temporaryFolder, trial } from './samples.js';

/** A run of one finished trial with three readings. */
function finishedRun(root: string) {
  const run = createRunDirectory(root, manifest());
  run.journal.trialStarted(trial(), '');
  for (const time of [1, 2, 3]) run.journal.reading('r1-baseline', reading(time));
  run.journal.replay('r1-baseline', replay());
  run.journal.trialEnded('r1-baseline', null);
  run.close('');
  return { directory: run.directory, path: join(run.directory, 'journal.ndjson') };
}

describe('a journal that was cut off', () => {
  test('anywhere: everything before the cut is read, and no cut is an error', async () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const whole = readFileSync(path);
    for (let length = whole.length - 1; length >= 0; length -= 7) {
      truncateSync(path, length);
      const text = whole.subarray(0, length).toString();
      const { recording, warnings } = await readRecording(directory);
      expect(recording.trials[0]?.services[0]?.time.length ?? 0).toBeGreaterThanOrEqual(
        text
          .split('\n')
          .slice(0, -1)
          .filter((line) => line.startsWith('{"k":"r"')).length,
      );
      const cutInside =
        !text.endsWith('\n') &&
        text !== '' &&
        !whole
          .subarray(0, length + 1)
          .toString()
          .endsWith('\n');
      expect(warnings).toEqual(
        cutInside
          ? ['journal.ndjson: the last line was cut off and is left out; the run was killed, or the disk was full.']
          : [],
      );
      expect(recording.manifest.notes).toEqual(warnings);
    }
  });

  test('a trial without its end is not complete', async () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\{"k":"end".*\n/, ''));
    const { recording } = await readRecording(directory);
    expect(recording.trials[0]).toMatchObject({
      complete: false,
      failure: 'the run ended before the trial did',
      replay: { answered: 3 },
    });
  });
});

describe('a journal with damage inside', () => {
  test.each([
    ['text that is no JSON', '{"k":"r","t":"r1-bas\u0000\u0000'],
    ['a kind of line that is not known', '{"k":"surprise"}'],
    ['JSON that is no object', 'null'],
    ['a trial that was never begun', '{"k":"end","t":"r9","failure":null}'],
    ['an event without its kind', '{"k":"event","t":"r1-baseline","service":"waf"}'],
    ['a reading without its values', '{"k":"r","t":"r1-baseline","s":"waf","c":1,"e":9,"n":1}'],
    ['a reading out of order', '{"k":"r","t":"r1-baseline","s":"waf","c":1,"e":2,"n":1,"m":[],"d":[]}'],
  ])('%s: the line is left out, noted and counted', async (_, text) => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [...lines.slice(0, 5), text, '', ...lines.slice(5)].join('\n'));
    const { recording, warnings } = await readRecording(directory);
    expect(warnings).toEqual(['journal.ndjson: line 6 cannot be read and is left out; check the disk.']);
    expect(recording.trials[0]?.services[0]?.time).toHaveLength(3);
    expect(recording.trials[0]?.complete).toBe(true);
  });

  test('several lines are counted', async () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    appendFileSync(path, 'x\ny\n');
    expect((await readRecording(directory)).warnings).toEqual([
      'journal.ndjson: 2 lines cannot be read and are left out (the first is line 8); check the disk.',
    ]);
  });
});

describe('a run that cannot be read', () => {
  const unreadable = (hint: RegExp) => ({ code: 'RUN_UNREADABLE', hint: expect.stringMatching(hint) });

  test('no folder, no manifest, a torn manifest', async () => {
    using folder = temporaryFolder();
    await expect(readRecording(join(folder.path, 'nothing'))).rejects.toMatchObject(unreadable(/folder of a run/));
    writeFileSync(join(folder.path, 'manifest.json'), '{"schema":');
    await expect(readRecording(folder.path)).rejects.toMatchObject(unreadable(/folder of a run/));
  });

  test('another schema version', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      join(folder.path, 'manifest.json'),
      JSON.stringify({ ...manifest(), schema: 'slopegate.recording/2' }),
    );
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      ...unreadable(/newer/),
      message: expect.stringContaining('"slopegate.recording/2"'),
    });
  });

  test('a manifest that lacks parts', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'manifest.json'), JSON.stringify({ ...manifest(), scenario: { name: 'x' } }));
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      code: 'RUN_UNREADABLE',
      message: expect.stringContaining('scenario.stack'),
    });
  });

  test('no journal', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'manifest.json'), JSON.stringify(manifest()));
    await expect(readRecording(folder.path)).rejects.toMatchObject(unreadable(/journal/));
  });
});

describe('a disk that fails', () => {
  test.runIf(existsSync('/dev/full'))(
    "readings never throw, the experiment's next step does, and it is told once",
    () => {
      const told: string[] = [];
      const file = appendFile('/dev/full', ({ code }) => told.push(code));
      const journal = runJournal(file);
      journal.reading('r1', reading(1));
      journal.event('r1', { kind: 'exit', service: 'waf', container: 1, time: 1, requests: 1, detail: '' });
      journal.trialEnded('r1', 'the replay failed');
      expect(() =>
        journal.phase('r1', { name: 'idle', from: { time: 1, requests: 1 }, to: { time: 2, requests: 2 } }),
      ).toThrow(expect.objectContaining({ code: 'DISK', hint: expect.stringContaining('Free some space') }));
      expect(() => journal.trialEnded('r1', null)).toThrow(expect.objectContaining({ code: 'DISK' }));
      expect(told).toEqual(['DISK']);
      file.close();
    },
  );

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'what a full disk holds stays readable',
    async () => {
      using folder = temporaryFolder();
      const mount = join(folder.path, 'small');
      mkdirSync(mount);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', mount], { stdio: 'ignore' });
      } catch {
        return; // Root without the right to mount, as in most containers.
      }
      try {
        let failed = 0;
        const run = createRunDirectory(mount, manifest(), () => (failed += 1));
        run.journal.trialStarted(trial(), '');
        for (let time = 1; time < 5000; time += 1) run.journal.reading('r1-baseline', reading(time));
        run.close('2026-01-01T00:00:00.000Z');
        expect([failed, run.failure?.code]).toEqual([1, 'DISK']);
        const { recording, warnings } = await readRecording(run.directory);
        expect(recording.trials[0]?.services[0]?.time.length).toBeGreaterThan(500);
        expect(recording.manifest.endedAt).toBeNull();
        expect(warnings).toEqual([expect.stringContaining('the last line was cut off')]);
      } finally {
        execFileSync('umount', [mount]);
      }
    },
  );

  test('a folder that is there, or may not be made', () => {
    using folder = temporaryFolder();
    createRunDirectory(folder.path, manifest()).close('');
    expect(() => createRunDirectory(folder.path, manifest())).toThrow(
      expect.objectContaining({ code: 'DISK', hint: expect.stringContaining('folder of its own') }),
    );
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => createRunDirectory(join(folder.path, 'file'), manifest())).toThrow(
      expect.objectContaining({ code: 'DISK' }),
    );
  });

  test('after the end nothing more is written', () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const run = createRunDirectory(folder.path, manifest({ runId: 'run-2' }));
    run.close('');
    run.journal.reading('r1-baseline', reading(9));
    expect(run.failure).toBeNull();
    expect(readFileSync(join(directory, '../run-2/journal.ndjson'), 'utf8').split('\n')).toHaveLength(2);
    expect(existsSync(path)).toBe(true);
  });
});
