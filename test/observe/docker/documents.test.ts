import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readLines } from '../../../src/observe/docker/lines.js';
import { parseStats } from '../../../src/observe/docker/parse-stats.js';
import { parseSignal } from '../../../src/observe/docker/signals.js';
import { describeExit } from '../../../src/observe/describe-exit.js';
import { fixture } from '../memory-files.js';

describe('parseStats', () => {
  const device = (op: string, value: number) => ({ major: 254, minor: 0, op, value });

  test('processor time is given on both versions, bytes written to disks on version 2 alone', () => {
    const usage = {
      read: '2026-11-28T20:00:00Z',
      cpu_stats: { cpu_usage: { total_usage: 5_842_932_938 } },
      blkio_stats: { io_service_bytes_recursive: [device('read', 4096), device('write', 8192), device('write', 512)] },
    };
    const written = (stats: object, blkio: object = usage.blkio_stats) =>
      parseStats({ ...usage, blkio_stats: blkio, memory_stats: { stats } });
    expect(written({ anon: 1 })).toMatchObject({ cpu_ms: 5843, written_bytes: 8704 });
    expect(written({ total_rss: 1 })).toMatchObject({ cpu_ms: 5843 });
    expect(written({ total_rss: 1 })).not.toHaveProperty('written_bytes');
    expect(written({ anon: 1 }, { io_service_bytes_recursive: null })).not.toHaveProperty('written_bytes');
  });

  const recorded = fixture('docker-stats/version1-then-stopped.ndjson')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

  test('version 1 has neither shared nor kernel memory', () => {
    const sample = parseStats(recorded[0]);
    expect(sample).toMatchObject({ anon_bytes: 27_037_696, unreclaimable_bytes: 27_037_696, threads: 2 });
    expect(Object.keys(sample ?? {})).not.toEqual(expect.arrayContaining(['shmem_bytes']));
    expect(sample).not.toHaveProperty('kernel_bytes');
    expect(sample?.file_bytes).toBe(94_208 + 102_400);
  });

  test('empty documents dated year 1, after a stop, are no readings', () => {
    const last = recorded.at(-1);
    expect(last).toMatchObject({ read: '0001-01-01T00:00:00Z' });
    expect(parseStats(last)).toBeNull();
  });

  test('version 2 gives shared memory and the kernel memory that it lists', () => {
    expect(parseStats(JSON.parse(fixture('docker-stats/version2.json')))).toEqual({
      unreclaimable_bytes: 41_385_984 + 5_242_880 + 774_656 + 294_912 + 81_920,
      anon_bytes: 41_385_984,
      shmem_bytes: 5_242_880,
      file_bytes: 12_726_272 - 5_242_880,
      kernel_bytes: 1_650_208 + 774_656 + 294_912 + 81_920,
      kernel_unreclaimable_bytes: 774_656 + 294_912 + 81_920,
      usage_bytes: 58_273_792,
      working_set_bytes: 58_273_792 - 4_501_504,
      threads: 3,
      cpu_ms: 32,
    });
  });

  test.each([[null], [{}], [{ read: '2026-01-01T00:00:00Z' }], [{ read: '2026-01-01T00:00:00Z', memory_stats: {} }]])(
    '%j is not a reading',
    (document) => {
      expect(parseStats(document)).toBeNull();
    },
  );
});

test('only events that an observer needs become signals', () => {
  const event = (Action: string, Attributes = {}, Type = 'container') =>
    parseSignal({ Type, Action, Actor: { ID: 'abc', Attributes } });
  expect(event('die', { exitCode: '137' })).toEqual({ kind: 'die', id: 'abc', exitCode: 137 });
  expect(event('die')).toEqual({ kind: 'die', id: 'abc', exitCode: null });
  expect(event('kill', { signal: '15' })).toEqual({ kind: 'kill', id: 'abc', signal: '15' });
  expect([event('oom')?.kind, event('start')?.kind]).toEqual(['oom', 'start']);
  expect([
    event('exec_start'),
    event('die', {}, 'network'),
    parseSignal(null),
    parseSignal({ Type: 'container' }),
  ]).toEqual([null, null, null, null]);
});

test('exits are described for people', () => {
  expect(describeExit(0, null)).toBe('exit code 0');
  expect(describeExit(137, '9')).toBe('exit code 137 (SIGKILL), after signal 9 was sent through Docker');
  expect(describeExit(250, null)).toBe('exit code 250');
  expect(describeExit(null, null)).toBe('exit code unknown');
});

describe('readLines', () => {
  test('documents may be cut anywhere', async () => {
    const stream = new PassThrough();
    const documents: unknown[] = [];
    const { ended } = readLines(stream, (document) => documents.push(document));
    for (const byte of Buffer.from('{"a":"é"}\n\nnot json\n{"b":2}\n{"torn')) stream.write(Buffer.from([byte]));
    stream.end();
    await ended;
    expect(documents).toEqual([{ a: 'é' }, { b: 2 }]);
  });

  test('a broken stream ends, and a closed one is silent', async () => {
    const broken = new PassThrough();
    const reading = readLines(broken, () => undefined);
    broken.destroy(new Error('connection reset'));
    await reading.ended;

    const stream = new PassThrough();
    const documents: unknown[] = [];
    const open = readLines(stream, (document) => {
      documents.push(document);
      open.close();
    });
    stream.write('{"a":1}\n{"b":2}\n');
    await open.ended;
    expect(documents).toEqual([{ a: 1 }]);
  });
});
