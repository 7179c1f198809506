import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { encodeReading } from '../../src/journal/lines/encode-reading.js';
import { appendFile } from '../../src/journal/lines/append-file.js';
import { runJournal } from '../../src/journal/lines/run-journal.js';
import { say } from '../../src/words/say.js';
import { manifest, reading, replay, temporaryFolder, trial } from './samples.js';

const reading1 = encodeReading('r1-baseline', reading(1));

/** The same run as the first version of slopegate wrote it, with its lines changed. @returns its directory */
function unsealed(
  { directory, path }: ReturnType<typeof finishedRun>,
  change: (lines: string[]) => readonly string[] = (lines) => lines,
): string {
  const manifestPath = join(directory, 'manifest.json');
  writeFileSync(manifestPath, readFileSync(manifestPath, 'utf8').replace('recording/4', 'recording/1'));
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('{"k":"manifest"'))
    .map((line) => line.replace(/,"i":\d+,"x":"\w+"\}$/, '}').replace('recording/4","run":"run-1"', 'recording/1"'));
  writeFileSync(path, `${change(lines).join('\n')}\n`);
  return directory;
}

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

describe('an incomplete journal', () => {
  test('everything before the cut is read; a cut that a killed run cannot leave is a fault', async () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const whole = readFileSync(path);
    for (let length = whole.length - 2; length >= 0; length -= 7) {
      truncateSync(path, length);
      const text = whole.subarray(0, length).toString();
      const { recording, warnings } = await readRecording(directory);
      expect(recording.trials[0]?.services[0]?.time.length ?? 0).toBeGreaterThanOrEqual(
        text
          .split('\n')
          .slice(0, -1)
          .filter((line) => line.startsWith('{"k":"r"')).length,
      );
      const cutInside = !text.endsWith('\n') && text !== '' && whole[length] !== 0x0a;
      // The manifest says that the run ended; the end of the journal, which says so too, is not there.
      expect(recording.integrity).toEqual({ sealed: true, faults: [{ code: 'manifest-changed' }], torn: cutInside });
      expect(warnings).toHaveLength(cutInside ? 2 : 1);
      expect(recording.manifest.notes).toEqual(warnings);
    }
  });

  test('of a killed run: everything that was written is complete, and the cut is reported', async () => {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.trialStarted(trial(), '');
    run.journal.reading('r1-baseline', reading(1));
    appendFileSync(join(run.directory, 'journal.ndjson'), '{"k":"r","t":"r1-base');
    const { recording, warnings } = await readRecording(run.directory);
    expect(recording.integrity).toEqual({ sealed: true, faults: [], torn: true });
    expect(recording.trials[0]).toMatchObject({ complete: false, failure: { code: 'ended-with-run', facts: {} } });
    expect(warnings.map(say)).toEqual([
      'The last line of the journal was cut off and is left out. The run was killed, or the disk was full.',
    ]);
  });
});

describe('a sealed journal with damage inside', () => {
  /** What the reader says of a finished run whose lines were changed. */
  async function faultsAfter(change: (lines: string[]) => readonly string[]) {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    return (await readRecording(directory)).recording.integrity?.faults ?? [];
  }

  test('any changed byte is found, with its line', async () => {
    using folder = temporaryFolder();
    const { directory, path } = finishedRun(folder.path);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 11) {
      const line = whole.subarray(0, at).toString('latin1').split('\n').length;
      const damaged = Buffer.from(whole);
      damaged[at] = whole[at] === 0x37 ? 0x38 : 0x37;
      writeFileSync(path, damaged);
      expect((await readRecording(directory)).recording.integrity?.faults[0]).toMatchObject({ line });
    }
  });

  test('any line that is missing, repeated or moved is found', async () => {
    using folder = temporaryFolder();
    const { path } = finishedRun(folder.path);
    const count = readFileSync(path, 'utf8').trimEnd().split('\n').length;
    for (let place = 0; place < count; place += 1) {
      expect(await faultsAfter((lines) => lines.toSpliced(place, 1))).not.toEqual([]);
      expect(await faultsAfter((lines) => lines.toSpliced(place, 0, lines[place]!))).not.toEqual([]);
      const [one, other] = place === 0 ? [1, 0] : [place, place - 1];
      expect(await faultsAfter((lines) => lines.with(other, lines[one]!).with(one, lines[other]!))).not.toEqual([]);
    }
    expect(await faultsAfter((lines) => lines.toSpliced(3, 2))).toEqual([
      { code: 'lines-missing', line: 4, missing: 2 },
    ]);
    expect(await faultsAfter((lines) => lines.toSpliced(4, 0, lines[2]!))).toEqual([
      { code: 'line-out-of-place', line: 5 },
    ]);
  });

  test('a line of another run is found', async () => {
    using folder = temporaryFolder();
    const other = createRunDirectory(folder.path, manifest({ runId: 'other' }));
    other.journal.trialStarted(trial(), '');
    const foreign = readFileSync(join(other.directory, 'journal.ndjson'), 'utf8').split('\n')[2]!;
    expect(await faultsAfter((lines) => lines.with(2, foreign))).toEqual([
      { code: 'line-damaged', line: 3 },
      ...[4, 5, 6, 7, 8].map((line) => ({ code: 'line-damaged', line })),
    ]);
  });

  test('a changed manifest is found', async () => {
    using folder = temporaryFolder();
    const { directory } = finishedRun(folder.path);
    const path = join(directory, 'manifest.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"marginBytesPerRequest": 32', '"marginBytesPerRequest": 33'),
    );
    const { recording, warnings } = await readRecording(directory);
    expect(recording.integrity?.faults).toEqual([{ code: 'manifest-changed' }]);
    expect(warnings).toEqual([{ code: 'files-damaged', facts: { first: { code: 'manifest-changed' }, faults: 1 } }]);
  });
});

describe('a journal of the first version, which is not sealed', () => {
  async function readWith(change: (lines: string[]) => readonly string[]) {
    using folder = temporaryFolder();
    return await readRecording(unsealed(finishedRun(folder.path), change));
  }

  test('is read as it is, and a note says that it is not sealed', async () => {
    const { recording, warnings } = await readWith((lines) => lines);
    expect(warnings).toEqual([]);
    expect(recording.integrity).toEqual({ sealed: false, faults: [], torn: false });
    expect(recording.manifest.notes).toEqual([{ code: 'not-sealed', facts: {} }]);
    expect(recording.trials[0]?.services[0]?.time).toHaveLength(3);
  });

  test('its notes are sentences and stay as they are', async () => {
    const text = 'This host is slow.';
    const { recording } = await readWith((lines) => [...lines, JSON.stringify({ k: 'note', text })]);
    expect(recording.manifest.notes).toContainEqual({ code: 'older-note', facts: { text } });
  });

  test('a failure and an objection to a rate are sentences and stay as they are', async () => {
    using folder = temporaryFolder();
    const text = 'The replay failed.';
    const directory = unsealed(finishedRun(folder.path), (lines) =>
      lines.map((line) => line.replace('"failure":null', `"failure":${JSON.stringify(text)}`)),
    );
    const path = join(directory, 'manifest.json');
    const step = { rate: 80, arms: {} };
    const steps = [
      { ...step, objection: 'candidate: answers took 300 ms' },
      { ...step, objection: null },
    ];
    const ramp = { steps, sustained: 80, share: 0.6, rate: 48 };
    writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ramp }));
    const { recording } = await readRecording(directory);
    expect(recording.trials[0]?.failure).toEqual({ code: 'older-failure', facts: { text } });
    expect(recording.manifest.ramp?.steps.map(({ objections }) => objections)).toEqual([
      [{ code: 'older-objection', facts: { text: 'candidate: answers took 300 ms' } }],
      [],
    ]);
  });

  test('the notes of its manifest are sentences too', async () => {
    using folder = temporaryFolder();
    const directory = unsealed(finishedRun(folder.path));
    const path = join(directory, 'manifest.json');
    const text = 'The two arms run on different hosts.';
    const older = { ...(JSON.parse(readFileSync(path, 'utf8')) as object), notes: [text] };
    writeFileSync(path, JSON.stringify(older));
    const { recording } = await readRecording(directory);
    const [note] = recording.manifest.notes;
    expect(note).toEqual({ code: 'older-note', facts: { text } });
    expect(say(note!)).toBe(text);
  });

  test.each([
    { code: 'restarted-before-load', facts: {} },
    { code: 'restarted-before-load', facts: { service: 'waf', times: -1 } },
    { code: 'not-sealed', facts: {} },
    { code: 'huge-pages', facts: {}, trial: 1 },
  ])('a note that no run writes counts as a line that cannot be read (%j)', async (note) => {
    const { recording } = await readWith((lines) => [...lines, JSON.stringify({ k: 'note', ...note })]);
    expect(recording.integrity?.faults).toEqual([{ code: 'line-damaged', line: 8 }]);
  });

  test.each([
    ['text that is no JSON', 'x'],
    ['a kind of line that is not known', '{"k":"surprise"}'],
    ['a kind with a name that every object knows', '{"k":"constructor"}'],
    ['JSON that is no object', 'null'],
    ['a trial that was never begun', '{"k":"end","t":"r9","failure":null}'],
    [
      'a trial that is begun twice',
      JSON.stringify({
        k: 'trial',
        t: 'r1-baseline',
        arm: 'baseline',
        replicate: 1,
        purpose: 'replicate',
        startedAt: '',
      }),
    ],
    ['an event without its kind', '{"k":"event","t":"r1-baseline","service":"waf"}'],
    ['a key that is not known', '{"k":"end","t":"r1-baseline","failure":null,"more":1}'],
    ['a reading and an event run together', '{"k":"r","t":"r1{"k":"event","t":"r1-baseline"}'],
  ])('%s: the line may have been anything, so it is a fault', async (_, text) => {
    const { recording, warnings } = await readWith((lines) => lines.toSpliced(4, 0, text, ''));
    expect(recording.integrity?.faults).toEqual([{ code: 'line-damaged', line: 5 }]);
    expect(warnings).toEqual([
      { code: 'files-damaged', facts: { first: { code: 'line-damaged', line: 5 }, faults: 1 } },
    ]);
    expect(recording.trials[0]?.services[0]?.time).toHaveLength(3);
    expect(recording.trials[0]?.complete).toBe(true);
  });

  test.each([
    ['torn', '{"k":"r","t":"r1-bas\u0000\u0000'],
    ['without its values', '{"k":"r","t":"r1-baseline","s":"waf","c":1,"e":9,"n":1}'],
    ['out of order', reading1.replace('"e":1', '"e":0.5')],
  ])('a damaged reading, %s: one second less, and a note', async (_, text) => {
    const { recording, warnings } = await readWith((lines) => lines.toSpliced(4, 0, text));
    expect(recording.integrity?.faults).toEqual([]);
    expect(warnings).toEqual([{ code: 'readings-unreadable', facts: { readings: 1, firstLine: 5 } }]);
    expect(recording.trials[0]?.services[0]?.time).toHaveLength(3);
  });

  test.each(['replay', 'containers', 'origin'])(
    'two lines about the %s of a trial contradict each other',
    async (kind) => {
      const { recording } = await readWith((lines) => {
        const told = [
          ...lines.slice(0, -1),
          JSON.stringify({ k: 'containers', t: 'r1-baseline', containers: [] }),
          JSON.stringify({ k: 'origin', t: 'r1-baseline', requests: 4, digest: 'bb' }),
          ...lines.slice(-1),
        ];
        return [...told, told.find((line) => line.startsWith(`{"k":"${kind}"`))!];
      });
      expect(recording.integrity?.faults).toEqual([{ code: 'line-damaged', line: 10 }]);
    },
  );

  test('without its first line the columns are unknown', async () => {
    const { recording } = await readWith((lines) => lines.slice(1));
    expect(recording.integrity?.faults).toEqual([{ code: 'lines-missing', line: 1, missing: 1 }]);
  });

  test('several lines are counted', async () => {
    expect((await readWith((lines) => [...lines, 'x', 'y'])).warnings.map(say)).toEqual([
      'Line 8 of the journal cannot be read. 1 more fault was found.',
    ]);
  });

  test.each([
    ['e', '"e":1,', '"e":-1,'],
    ['n', '"n":75,', '"n":1e308,'],
    ['m', '1000001', '1e308'],
    ['m', '1000001', '-1'],
  ])('an impossible number is an error with its place (%s)', async (_, before, after) => {
    const line = reading1.replace(before, after);
    const error = await readWith((lines) => lines.with(2, line)).then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({
      code: 'RUN_UNREADABLE',
      location: expect.stringMatching(
        new RegExp(`journal\\.ndjson:3:${line.indexOf(after.replace(/^"\w":|,$/g, '')) + 1}$`),
      ),
    });
  });

  test('a journal of a later schema is not read as this one', async () => {
    await expect(
      readWith((lines) => lines.with(0, lines[0]!.replace('recording/1', 'recording/9'))),
    ).rejects.toMatchObject({
      code: 'RUN_UNREADABLE',
      message: expect.stringContaining('"slopegate.recording/9"'),
      location: expect.stringMatching(/journal\.ndjson:1:1$/),
    });
  });
});

describe('a run that cannot be read', () => {
  const unreadable = (hint: RegExp) => ({ code: 'RUN_UNREADABLE', hint: expect.stringMatching(hint) });

  test('no folder, no manifest, a torn manifest', async () => {
    using folder = temporaryFolder();
    await expect(readRecording(join(folder.path, 'nothing'))).rejects.toMatchObject(unreadable(/folder of a run/));
    writeFileSync(join(folder.path, 'manifest.json'), '{"schema":\n "x" 1');
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      ...unreadable(/folder of a run/),
      location: expect.stringMatching(/manifest\.json:2:6$/),
    });
  });

  test('another schema version', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      join(folder.path, 'manifest.json'),
      JSON.stringify({ ...manifest(), schema: 'slopegate.recording/9' }),
    );
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      ...unreadable(/newer/),
      message: expect.stringContaining('"slopegate.recording/9"'),
    });
  });

  test('a manifest that lacks parts', async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, 'manifest.json'), JSON.stringify({ ...manifest(), scenario: { name: 'x' } }));
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      code: 'RUN_UNREADABLE',
      message: expect.stringContaining('scenario.'),
    });
  });

  test.each([
    [
      'a text for a number',
      (text: string) => text.replace('"marginBytesPerRequest": 32', '"marginBytesPerRequest": "1e9"'),
      /gate\.marginBytesPerRequest/,
    ],
    [
      'a number below any',
      (text: string) => text.replace('"marginBytesPerRequest": 32', '"marginBytesPerRequest": -1'),
      /gate\.marginBytesPerRequest/,
    ],
    [
      'null',
      (text: string) => text.replace('"decisionTolerance": 0.01', '"decisionTolerance": null'),
      /identity\.decisionTolerance/,
    ],
    ['nothing', (text: string) => text.replace('"decisionTolerance": 0.01,', ''), /identity\.decisionTolerance/],
    [
      'an unknown key',
      (text: string) => text.replace('"decisionTolerance"', '"decisionTolerances": 1, "decisionTolerance"'),
      /identity\.decisionTolerances is not known\./,
    ],
    [
      'no trace: what is checked by it would be passed over',
      (text: string) => text.replace(/"trace": \{[^}]*\}\s*\}/, '"trace": null'),
      /trace must be a group of keys/,
    ],
    ['weights that do not sum to 1', (text: string) => text.replace('0.2,', '0.9,'), /lookWeights/],
    [
      'a severity that is none',
      (text: string) => text.replace('"findings": {}', '"findings": {"exit": "maybe"}'),
      /findings\.exit/,
    ],
  ])('%s in the manifest, with its place', async (_, change, message) => {
    using folder = temporaryFolder();
    const text = JSON.stringify(manifest(), null, 2);
    const changed = change(text);
    expect(changed).not.toBe(text);
    writeFileSync(join(folder.path, 'manifest.json'), changed);
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      code: 'RUN_UNREADABLE',
      message: expect.stringMatching(message),
      location: expect.stringMatching(/manifest\.json:\d\d+:\d+$/),
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
    'readings never throw; the next step of the experiment does, and the error is reported once',
    () => {
      const told: string[] = [];
      const file = appendFile('/dev/full', ({ code }) => told.push(code));
      const journal = runJournal(file);
      journal.reading('r1', reading(1));
      journal.event('r1', { kind: 'exit', service: 'waf', container: 1, time: 1, requests: 1, detail: '' });
      journal.trialEnded('r1', {
        code: 'ended-by-error',
        facts: { error: 'REPLAY_FAILED', message: 'the replay failed' },
      });
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
        for (let time = 7; time < 5000; time += 1) run.journal.reading('r1-baseline', reading(time));
        run.close('2026-01-01T00:00:00.000Z');
        expect([failed, run.failure?.code]).toEqual([1, 'DISK']);
        const { recording, warnings } = await readRecording(run.directory);
        expect(recording.trials[0]?.services[0]?.time.length).toBeGreaterThan(500);
        expect(recording.manifest.endedAt).toBeNull();
        expect(warnings).toEqual([{ code: 'last-line-cut-off', facts: {} }]);
      } finally {
        execFileSync('umount', [mount]);
      }
    },
  );

  test('a folder that exists already, or may not be made', () => {
    using folder = temporaryFolder();
    createRunDirectory(folder.path, manifest()).close('');
    expect(() => createRunDirectory(folder.path, manifest())).toThrow(
      expect.objectContaining({ code: 'DISK', hint: expect.stringContaining('its own folder') }),
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
    expect(readFileSync(join(directory, '../run-2/journal.ndjson'), 'utf8').split('\n')).toHaveLength(4);
    expect(existsSync(path)).toBe(true);
  });
});
