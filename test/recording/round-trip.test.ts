import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METRICS, type Metric, type Reading } from '../../src/model/index.js';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import { decodeStatuses, encodeStatuses } from '../../src/journal/lines/statuses.js';
import { manifest, reading, replay, temporaryFolder, trial } from './samples.js';

const column = (...values: number[]): Float32Array => Float32Array.from(values);

test('everything in the journal can be read', async () => {
  using folder = temporaryFolder();
  const trace = { seed: 1, digest: 'aa', requests: 3, labels: { search: 2, order: 1 } };
  const run = createRunDirectory(folder.path, manifest({ trace }));
  const { journal } = run;
  const facts = {
    service: 'waf',
    container: 1,
    image: 'waf:old',
    imageId: 'sha256:1',
    versions: { nginx: '1.22.1' },
    memoryLimitBytes: 2 ** 29,
    cpus: null,
  };
  const phase = { name: 'window', from: { time: 1.25, requests: 90 }, to: { time: 3, requests: 225 } } as const;
  const event = {
    kind: 'exit',
    service: 'waf',
    container: 1,
    time: 2.5,
    requests: 180,
    detail: 'exit code 139 (SIGSEGV)',
  } as const;
  const action = {
    name: 'reload',
    service: 'waf',
    due: 130,
    sent: 134,
    time: 2.1,
    requests: 131,
    seconds: 0.25,
    failure: null,
  } as const;
  const load = { cpu: 0.6, memory: 0, io: null, stolen: 0.01 };
  const host = { time: 2.2, seconds: 2, ...load };
  const aside = { code: 'disturbed', lateness: 0.21, host: load } as const;
  const notes = [
    { code: 'processes-closed', facts: {} },
    {
      code: 'calls-refused',
      facts: { service: 'waf', calls: [{ call: 'POST /build', times: 2 }] },
      trial: 'r1-baseline',
    },
  ] as const;
  journal.labels(['search', 'order', 'search'], 3);
  journal.asked({});
  journal.asked({ 2: 'GET /a' });
  journal.asked({ 0: 'GET /b', 2: 'GET /a' });
  for (const note of [...notes, ...notes]) journal.note(note);
  journal.trialStarted(trial(), '2026-01-02T03:04:06.000Z');
  journal.clockAtZero('r1-baseline', '2026-01-02T03:04:20.500Z');
  journal.containers('r1-baseline', [facts]);
  journal.reading('r1-baseline', reading(1));
  journal.phase('r1-baseline', phase);
  journal.reading('r1-baseline', reading(2));
  journal.event('r1-baseline', event);
  journal.action('r1-baseline', action);
  journal.host('r1-baseline', host);
  journal.log('r1-baseline', event, 'worker process 7 exited on signal 11\n');
  journal.replay('r1-baseline', replay());
  journal.origin('r1-baseline', { requests: 2, digest: 'bb' });
  journal.trialEnded('r1-baseline', null);
  journal.trialStarted(trial({ id: 'c1', arm: 'candidate', purpose: 'confirmation' }), '2026-01-02T03:05:06.000Z');
  journal.trialEnded('c1', {
    code: 'ended-by-error',
    facts: { error: 'REPLAY_FAILED', message: 'the arm did not come up' },
  });
  journal.trialStarted(trial({ id: 'r2', replicate: 2 }), '2026-01-02T03:06:06.000Z');
  journal.trialEnded('r2', null);
  journal.setAside('r2', aside);
  run.close('2026-01-02T04:00:00.000Z');
  run.close('2027-01-02T04:00:00.000Z');

  const { recording, warnings } = await readRecording(run.directory);
  expect(warnings).toEqual([]);
  expect(recording.manifest).toEqual(manifest({ trace, endedAt: '2026-01-02T04:00:00.000Z', notes }));
  expect(recording.integrity).toEqual({ sealed: true, faults: [], torn: false });
  expect(recording.labels).toEqual({ names: ['search', 'order'], of: Uint16Array.of(0, 1, 0) });
  expect(recording.asked).toEqual({ 0: 'GET /b', 2: 'GET /a' });
  expect(recording.trials).toEqual([
    {
      trial: trial(),
      startedAt: '2026-01-02T03:04:06.000Z',
      clockAtZero: '2026-01-02T03:04:20.500Z',
      containers: [facts],
      phases: [phase],
      events: [{ ...event, log: 'worker process 7 exited on signal 11\n' }],
      actions: [action],
      host: [host],
      replay: replay({ statuses: Uint16Array.of(200, 403, 0, 200) }),
      origin: { requests: 2, digest: 'bb' },
      complete: true,
      failure: null,
      services: [
        {
          service: 'waf',
          role: 'waf',
          containers: [1],
          time: column(1, 2),
          requests: column(75, 150),
          minimum: { anon_bytes: column(1_000_001, 1_000_002), usage_bytes: column(2_000_000, 2_000_000) },
          median: { anon_bytes: column(1_000_001, 1_000_002), usage_bytes: column(2_000_000.5, 2_000_000.5) },
        },
      ],
    },
    expect.objectContaining({
      complete: false,
      failure: { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'the arm did not come up' } },
      services: [],
      replay: null,
    }),
    expect.objectContaining({ complete: false, failure: null, setAside: aside }),
  ]);
  expect(readdirSync(run.directory).sort()).toEqual(['journal.ndjson', 'manifest.json']);
});

test(
  'a reading is in the file when the call returns, and takes little room: metrics are ' +
    'named in the first line alone',
  () => {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.reading('r1-baseline', reading(1));
    const lines = readFileSync(join(run.directory, 'journal.ndjson'), 'utf8').split('\n');
    const header = JSON.stringify({ k: 'journal', schema: 'slopegate.recording/4', run: 'run-1', metrics: METRICS });
    expect(lines[0]).toBe(`${header.slice(0, -1)},"i":0,"x":"5b229457"}`);
    expect(lines[2]?.replace(/"x":"[0-9a-f]{8}"\}$/, '')).toBe(
      '{"k":"r","t":"r1-baseline","s":"waf","c":1,"e":1,"n":75,' +
        '"m":[null,1000001,null,null,null,null,2000000,null,null,null,null,null,null,null,null,null]' +
        ',"d":[null,null,null,null,null,null,2000000.5,null,null,null,null,null,null,null,null,null],"i":2,',
    );
    run.close('');
  },
);

describe('series', () => {
  async function seriesOf(readings: readonly Reading[], metrics?: readonly Metric[]) {
    using folder = temporaryFolder();
    const run = createRunDirectory(folder.path, manifest());
    run.journal.trialStarted(trial(), '');
    for (const one of readings) run.journal.reading('r1-baseline', one);
    run.close('');
    const { recording } = await readRecording(run.directory, metrics === undefined ? {} : { metrics });
    return recording.trials[0]?.services ?? [];
  }

  test(
    'all readings come back: present values exactly, absent ones as NaN or not at all',
    { timeout: 60_000 },
    async () => {
      const values = fc.dictionary(
        fc.constantFrom(...METRICS),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 99_999_000 }),
      );
      const rows = fc.array(fc.record({ minimum: values, extra: fc.nat(3) }), { minLength: 1, maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(rows, async (rows) => {
          const readings = rows.map(({ minimum, extra }, index) => {
            const median = Object.fromEntries(
              Object.entries(minimum).map(([metric, value]) => [metric, value + extra]),
            );
            return reading(index + 1, { minimum, median });
          });
          const [series] = await seriesOf(readings);
          for (const metric of METRICS) {
            const expected = (which: 'minimum' | 'median') =>
              readings.some((one) => metric in one[which])
                ? readings.map((one) => one[which][metric] ?? Number.NaN)
                : undefined;
            expect(series?.minimum[metric] && Array.from(series.minimum[metric])).toEqual(expected('minimum'));
            expect(series?.median[metric] && Array.from(series.median[metric])).toEqual(expected('median'));
          }
        }),
        { numRuns: 50 },
      );
    },
  );

  test('a renamed service gets its role', async () => {
    const series = await seriesOf([reading(1, { service: 'mgt-api' }), reading(1, { service: 'waf' })]);
    expect(series.map(({ service, role }) => [service, role])).toEqual([
      ['mgt-api', 'mgt'],
      ['waf', 'waf'],
    ]);
  });

  test('containers of a service are summed by second; if one is missing the sum is NaN', async () => {
    const at = (container: number, time: number, anon: number, requests: number) =>
      reading(time, { container, requests, minimum: { anon_bytes: anon }, median: { anon_bytes: anon + 1 } });
    const sum = (...values: number[]): Float64Array => Float64Array.from(values);
    const [series] = await seriesOf([
      at(1, 1, 10, 5),
      at(2, 1, 100, 5),
      at(1, 2, 20, 7),
      at(2, 3, 300, 9),
      at(1, 3, 30, 9),
    ]);
    expect(series).toMatchObject({
      time: sum(1, 2, 3),
      requests: sum(5, 7, 9),
      minimum: { anon_bytes: sum(110, Number.NaN, 330) },
      median: { anon_bytes: sum(112, Number.NaN, 332) },
    });
  });

  test('only the metrics asked for are kept', async () => {
    const [series] = await seriesOf([reading(1)], ['anon_bytes']);
    expect(Object.keys(series?.minimum ?? {})).toEqual(['anon_bytes']);
  });

  test('numbers that 32 bits would round have 64 bits, and so have those before them', async () => {
    const minima = [4096, 16_777_217, 1_125_899_906_842_623, 0.1];
    const [series] = await seriesOf(
      minima.map((anon, index) => reading(index + 1, { minimum: { anon_bytes: anon }, median: {} })),
    );
    expect(series?.minimum.anon_bytes).toEqual(Float64Array.from(minima));
    expect(series?.time).toEqual(column(1, 2, 3, 4));
  });

  test('longer than a chunk', async () => {
    const [series] = await seriesOf(Array.from({ length: 10_000 }, (_, index) => reading(index + 1)));
    expect(series?.time).toHaveLength(10_000);
    expect(series?.minimum.anon_bytes?.at(-1)).toBe(1_010_000);
  });
});

test('statuses do not change in their compact form', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 65_535 })), (statuses) => {
      expect(decodeStatuses(encodeStatuses(statuses))).toEqual(Uint16Array.from(statuses));
    }),
  );
});
