import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ContainerEvent } from '../../src/model/index.js';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { decodeLabels, encodeLabels } from '../../src/journal/lines/labels.js';
import { jsonPlace } from '../../src/recording/read/json-place.js';
import { MOST_EVENTS } from '../../src/recording/read/trial-builder.js';
import { manifest, reading, temporaryFolder, trial } from './samples.js';
import { say } from '../../src/words/say.js';

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a service may be called %s', async (service) => {
  using folder = temporaryFolder();
  const run = createRunDirectory(folder.path, manifest());
  run.journal.trialStarted(trial(), '');
  run.journal.reading('r1-baseline', reading(1, { service }));
  run.journal.asked({ 1: 'GET /' });
  run.close('');
  const { recording } = await readRecording(run.directory);
  expect(recording.trials[0]?.services[0]).toMatchObject({ service, role: service });
  expect(recording.integrity?.faults).toEqual([]);
});

describe('events', () => {
  const event = (time: number): ContainerEvent => ({
    kind: 'process-replaced',
    service: 'waf',
    container: 1,
    time,
    requests: time,
    detail: '',
  });

  test('the log goes to its own event', async () => {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.trialStarted(trial(), '');
    for (const time of [1, 2, 3]) run.journal.event('r1-baseline', event(time));
    run.journal.log('r1-baseline', event(2), 'ended');
    run.close('');
    const { recording } = await readRecording(run.directory);
    expect(recording.trials[0]?.events.map(({ log }) => log)).toEqual([undefined, 'ended', undefined]);
  });

  test('surplus events are counted, and the recording is incomplete', async () => {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.trialStarted(trial(), '');
    for (let time = 1; time <= MOST_EVENTS + 30_000; time += 1) {
      run.journal.event('r1-baseline', event(time));
      if (time % 10 === 0) run.journal.log('r1-baseline', event(time), 'ended');
    }
    run.close('');
    const { recording, warnings } = await readRecording(run.directory);
    expect(recording.trials[0]?.events).toHaveLength(MOST_EVENTS);
    expect(recording.integrity?.faults).toEqual([{ code: 'events-left-out', trial: 'r1-baseline', events: 30_000 }]);
    expect(warnings.map(say)).toEqual(['r1-baseline has 30,000 more events than are read.']);
  });
});

describe('labels', () => {
  test('unpack to two bytes per request and no more', () => {
    const bomb = { names: ['a'], of: deflateSync(Buffer.alloc(50_000_000)).toString('base64') };
    expect(() => decodeLabels(bomb, 3)).toThrow(/larger than/);
    expect(() => decodeLabels(bomb, 2 ** 40)).toThrow('more labels than can be held');
  });

  test('there is one for each request, and each has a name', () => {
    expect(decodeLabels(encodeLabels(['a', 'b', 'a'], 3), 3)).toEqual({
      names: ['a', 'b'],
      of: Uint16Array.of(0, 1, 0),
    });
    expect(() => decodeLabels(encodeLabels(['a', 'b'], 2), 3)).toThrow('one label for each request');
    expect(() => decodeLabels({ ...encodeLabels(['a', 'b'], 2), names: ['a'] }, 2)).toThrow('without a name');
  });
});

test('a finished trial stays complete if its removal fails', async () => {
  using folder = temporaryFolder();
  const run = createRunDirectory(folder.path, manifest());
  run.journal.trialStarted(trial(), '');
  run.journal.trialEnded('r1-baseline', null);
  run.journal.trialEnded('r1-baseline', {
    code: 'ended-by-error',
    facts: { error: 'REPLAY_FAILED', message: 'connect ECONNREFUSED' },
  });
  run.close('');
  expect((await readRecording(run.directory)).recording.trials[0]).toMatchObject({ complete: true, failure: null });
});

test('reading a line without an end stops at a limit', async () => {
  using folder = temporaryFolder();
  const run = createRunDirectory(folder.path, manifest());
  run.close('');
  const chunk = Buffer.alloc(1 << 25, 0x61);
  for (let written = 0; written < 12; written += 1) appendFileSync(join(run.directory, 'journal.ndjson'), chunk);
  await expect(readRecording(run.directory)).rejects.toMatchObject({
    code: 'RUN_UNREADABLE',
    cause: expect.objectContaining({ message: 'line 4 is longer than any line of a run' }),
  });
});

describe('the place of a value in a JSON text', () => {
  const text = '{\n  "a": [1, {"b": "x\\"y"}],\n  "a b": null\n}';
  test.each([
    [['a'], { line: 2, column: 8 }],
    [['a', 1, 'b'], { line: 2, column: 18 }],
    [['a', 1, 'c'], { line: 2, column: 12 }],
    [['a b'], { line: 3, column: 10 }],
    [[], { line: 1, column: 1 }],
    [['nothing'], { line: 1, column: 1 }],
  ])('%j', (path, place) => {
    expect(jsonPlace(text, path)).toEqual(place);
  });

  test.each([
    ['{"a" 1}', 6],
    ['{"a": }', 7],
    ['[1, 2', 6],
    ['{} x', 4],
    ['', 1],
    ['['.repeat(100_000), 100_001],
  ])('the place where it is no JSON any more', (broken, column) => {
    expect(jsonPlace(broken, ['a'])).toEqual({ line: 1, column });
  });
});
