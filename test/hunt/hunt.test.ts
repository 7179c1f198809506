import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { describeHunt } from '../../src/cli/hunt-view.js';
import { CATALOGUE } from '../../src/hunt/catalogue.js';
import { findingsOf } from '../../src/hunt/findings.js';
import { corpusText, requestText, scenarioText } from '../../src/hunt/found-files.js';
import { huntShapes, isFound, type MeasureBatch } from '../../src/hunt/hunt.js';
import { refuseUnserved } from '../../src/hunt/unserved.js';
import { shapesOf } from '../../src/hunt/shapes.js';
import { HUNT_SCHEMA, type HuntResult, type HuntRow, type TraceRequest } from '../../src/model/index.js';
import { loadScenario } from '../../src/scenario/index.js';
import { ATTACKS } from '../../src/traffic/library/attacks.js';
import { settings, template } from '../traffic/settings.js';

const TRAFFIC = settings({
  fields: { id: { kind: 'integer', from: 1, to: 500 } },
  mix: [
    template({ label: 'page', path: '/p/{id}' }),
    template({
      label: 'order',
      method: 'POST',
      path: '/orders',
      headers: { Accept: '*/*' },
      body: { kind: 'raw', contentType: 'text/xml', text: '<order><id>{id}</id></order>' },
    }),
  ],
  journeys: [
    {
      name: 'visit',
      weight: 1,
      users: 5,
      vary: [],
      steps: ['a', 'b', 'c'].map((label) => ({ ...template({ label, path: `/${label}` }), capture: {} })),
    },
  ],
});
const shapes = shapesOf({ traffic: TRAFFIC, corpora: [], without: [], mostRecorded: 10 });

/** A server that keeps some bytes of each request. */
function serverKeeping(bytesOf: (request: TraceRequest) => number): MeasureBatch {
  let heap = 1_000_000;
  return async ({ requests, length }) => {
    for (const request of requests) heap += bytesOf(request);
    return { levels: { waf: heap }, statuses: { 200: length } };
  };
}

/** A server that keeps some bytes of each connection; a batch is one connection. */
function serverKeepingPerConnection(bytes: number): MeasureBatch {
  let heap = 1_000_000;
  return async ({ length }) => ({ levels: { waf: (heap += bytes) }, statuses: { 200: length } });
}

const isXml = ({ headers }: TraceRequest): boolean => headers.some(([, value]) => value.includes('xml'));

describe('the shapes of a scenario', () => {
  test('are its templates, its journeys, each attack and the catalogue', () => {
    const payloads = Object.values(ATTACKS).reduce((sum, attack) => sum + attack.payloads.length, 0);
    const of = (source: string): number => shapes.filter((shape) => shape.source === source).length;
    expect([of('scenario'), of('journey'), of('attacks'), of('catalogue')]).toEqual([2, 1, payloads, CATALOGUE.length]);
    expect(new Set(shapes.map(({ source, name }) => `${source} ${name}`)).size).toBe(shapes.length);
  });

  test('every request of a batch is the same, except in a journey, which sends whole visits', () => {
    const order = shapes.find(({ name }) => name === 'order')!;
    const sent = [...order.batch(8).requests];
    expect(sent).toHaveLength(8);
    expect(new Set(sent.map((request) => requestText(request))).size).toBe(1);
    const visit = shapes.find(({ name }) => name === 'visit')!;
    expect([...visit.batch(8).requests].map(({ target }) => target)).toEqual([
      '/a',
      '/b',
      '/c',
      '/a',
      '/b',
      '/c',
      '/a',
      '/b',
      '/c',
    ]);
  });

  test('every entry of the catalogue says where its body ends', () => {
    for (const { request } of shapes.filter(({ source }) => source === 'catalogue')) {
      const lengths = request.headers.filter(([name]) => ['Content-Length', 'Transfer-Encoding'].includes(name));
      expect([request.label, lengths.length]).toEqual([request.label, request.body === null ? 0 : 1]);
    }
  });

  test('sources can be left out, and HTTP/2 gets what it can carry', () => {
    const without = ['attacks', 'journey', 'scenario'] as const;
    const some = shapesOf({
      traffic: { ...TRAFFIC, protocol: { kind: 'http2', streams: 4 } },
      corpora: [],
      without,
      mostRecorded: 0,
    });
    expect(some.map(({ source }) => source)).not.toContain('attacks');
    expect(some.length).toBeGreaterThan(40);
    expect(some.every(({ request }) => request.behaviour === undefined)).toBe(true);
  });
});

async function all(rows: AsyncIterable<HuntRow>): Promise<readonly HuntRow[]> {
  const seen: HuntRow[] = [];
  for await (const row of rows) seen.push(row);
  return seen;
}

describe('a hunt', () => {
  const huntIn = (baseline: MeasureBatch, candidate: MeasureBatch) =>
    all(huntShapes({ shapes, measure: { baseline, candidate }, rate: 100 }));

  test('what the candidate keeps much more of is found, too', async () => {
    const rows = await huntIn(
      serverKeeping((request) => (isXml(request) ? 100 : 16)),
      serverKeeping((request) => (isXml(request) ? 5286 : 16)),
    );
    const more = rows.filter(({ keptOn }) => keptOn === 'more');
    expect(more.length).toBeGreaterThan(8);
    expect(more.every((row) => isFound(row) && /xml/.test(row.contentType ?? ''))).toBe(true);
    expect(rows.filter(({ keptOn }) => keptOn === 'both').length).toBeGreaterThan(8);
  });

  test.each([['closed'], ['502'], ['none']])('a version that answers with %s was not weighed', async (status) => {
    const sound = serverKeeping(() => 0);
    const failing: MeasureBatch = async (trace) => ({ ...(await sound(trace)), statuses: { [status]: trace.length } });
    const rows = await huntIn(sound, failing);
    expect(() => refuseUnserved(rows, 'shop.yaml')).toThrow(/^The candidate served 0 of \d+ shapes/);
    expect(() => refuseUnserved(rows.slice(0, 0), 'shop.yaml')).not.toThrow();
  });

  test.each([['502'], ['none']])('a shape that only one version serves (%s) is not decided', async (status) => {
    const failingXml = (measure: MeasureBatch): MeasureBatch => {
      return async (trace) => {
        const batch = await measure(trace);
        const [first] = trace.requests;
        return first !== undefined && isXml(first) ? { ...batch, statuses: { [status]: trace.length } } : batch;
      };
    };
    const still = serverKeeping(() => 0);
    const leaking = serverKeeping((request) => (isXml(request) ? 5286 : 0));
    const kindsOf = async (baseline: MeasureBatch, candidate: MeasureBatch) =>
      (await huntIn(baseline, candidate)).filter(({ contentType }) => /xml/.test(contentType ?? ''))[0]?.keptOn;
    expect(await kindsOf(still, failingXml(still))).toBe('unknown');
    expect(await kindsOf(failingXml(still), leaking)).toBe('unknown');
    expect(await kindsOf(failingXml(still), failingXml(still))).toBe('neither');
    // What a failing version keeps is kept all the same.
    expect(await kindsOf(still, failingXml(leaking))).toBe('candidate');
  });

  test('memory of each request is more than memory of each connection, never the opposite', async () => {
    const keptOn = async (baseline: MeasureBatch, candidate: MeasureBatch) => {
      const one = { shapes: shapes.slice(0, 1), measure: { baseline, candidate }, rate: 100 };
      return (await all(huntShapes(one)))[0]?.keptOn;
    };
    const perRequest = (bytes: number) => serverKeeping(() => bytes);
    expect(await keptOn(perRequest(5000), serverKeepingPerConnection(100))).toBe('both');
    expect(await keptOn(serverKeepingPerConnection(100), perRequest(5000))).toBe('more');
    expect(await keptOn(serverKeepingPerConnection(100), serverKeepingPerConnection(5000))).toBe('more');
    expect(await keptOn(serverKeepingPerConnection(5000), serverKeepingPerConnection(100))).toBe('both');
  });

  test('names what the candidate keeps and the baseline gives back, with the time to 1 GiB', async () => {
    const rows = await huntIn(
      serverKeeping(() => 0),
      serverKeeping((request) => (isXml(request) ? 5286 : 0)),
    );
    const found = rows.filter(({ keptOn }) => keptOn === 'candidate');
    expect(found.length).toBeGreaterThan(8);
    expect(found.every(({ contentType }) => contentType?.includes('xml'))).toBe(true);
    expect(found[0]).toMatchObject({ shape: 'order', secondsToGibibyte: 2 ** 30 / 528_600 });
    expect(rows.filter(({ keptOn }) => keptOn === 'neither')).toHaveLength(shapes.length - found.length);
  });

  test('equal versions: what both keep is reported for both, and nothing for the candidate alone', async () => {
    const rows = await huntIn(
      serverKeeping(() => 64),
      serverKeeping(() => 64),
    );
    expect(new Set(rows.map(({ keptOn }) => keptOn))).toEqual(new Set(['both']));
  });

  test('it ends when a version is gone, and says that nothing is known of the last shapes', async () => {
    let sent = 0;
    const dying: MeasureBatch = async () => {
      sent += 1;
      return { levels: sent < 20 ? { waf: 5 } : null, statuses: {} };
    };
    const rows = await huntIn(
      serverKeeping(() => 0),
      dying,
    );
    expect(rows.length).toBeLessThan(shapes.length);
    expect(rows.slice(-3).map(({ keptOn }) => keptOn)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('a finding', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-hunt-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function found() {
    const candidate = serverKeeping((request) => (isXml(request) ? 5286 : 0));
    const measure = { baseline: serverKeeping(() => 0), candidate };
    const rows = await all(huntShapes({ shapes, measure, rate: 100 }));
    const settings = { shapes, rows, measure: candidate, mostFindings: 3, mostTrials: 60, onFinding: () => undefined };
    return { rows, found: await findingsOf(settings) };
  }

  test('shapes with the same bytes are one finding, with the smallest request that is still kept', async () => {
    const { found: small } = await found();
    expect(small).toHaveLength(1);
    expect(small[0]?.alike.length).toBeGreaterThan(8);
    expect(requestText(small[0]!.request)).toBe('POST / HTTP/1.1\nHost: shop.example\nContent-Type: text/xml');
  });

  test('a journey is named only if its first request alone leaves memory, too', async () => {
    const candidate = serverKeeping((request) => (isXml(request) ? 5286 : 0));
    const measure = { baseline: serverKeeping(() => 0), candidate };
    const rows = await all(huntShapes({ shapes, measure, rate: 100 }));
    const page = shapes.find(({ name }) => name === 'page')!;
    const xml = rows.find(({ keptOn }) => keptOn === 'candidate')!;
    const journey = { ...xml, shape: 'visit', source: 'journey' as const };
    const settings = {
      rows: [journey],
      measure: candidate,
      mostFindings: 3,
      mostTrials: 60,
      onFinding: () => undefined,
    };
    const first = (request: TraceRequest) => [{ ...page, name: 'visit', source: 'journey' as const, request }];
    expect(await findingsOf({ ...settings, shapes: first(page.request) })).toEqual([]);
    const { request } = shapes.find(({ name, source }) => name === xml.shape && source === xml.source)!;
    const [found] = await findingsOf({ ...settings, shapes: first(request) });
    expect(found).toMatchObject({ bytes: 5286, per: 'request' });
    expect(found?.trials).toBeGreaterThan(1);
  });

  test('is written as a scenario that can be run', async () => {
    const [one] = (await found()).found;
    const own = resolve('test/fixtures/scenarios/same.yaml');
    writeFileSync(join(folder, 'found-1.corpus'), corpusText(one!.request));
    writeFileSync(
      join(folder, 'found-1.yaml'),
      scenarioText({ scenario: 'shop', path: own, corpus: 'found-1.corpus', number: 1, row: one!.row }),
    );
    const { name, traffic } = await loadScenario(join(folder, 'found-1.yaml'));
    expect(name).toBe('shop-found-1');
    expect(traffic.mix).toEqual([]);
    expect(traffic.sources).toMatchObject([{ kind: 'corpus', file: join(folder, 'found-1.corpus') }]);
  });

  test('the table for the terminal', async () => {
    const { rows, found: small } = await found();
    const result: HuntResult = {
      schema: HUNT_SCHEMA,
      scenario: 'shop',
      startedAt: '2026-11-28T10:00:00Z',
      seconds: 61,
      labels: { baseline: 'old', candidate: 'new' },
      images: { baseline: {}, candidate: {} },
      rate: 100,
      services: ['waf'],
      unseen: ['mgt'],
      shapes: 3,
      rows: rows.filter(({ shape }) => ['page', 'order', 'get'].includes(shape)).map(undecidedIf('get')),
      findings: small.map(({ row, request, bytes, per, trials }) => ({
        shape: row.shape,
        request: requestText(request),
        bytes,
        per,
        trials,
        alike: ['xml, sound'],
        scenario: 'found-1.yaml',
      })),
    };
    expect(describeHunt(result, false)).toMatchInlineSnapshot(`
      "The candidate keeps memory of 1 of 3 shapes. The baseline gives it back. 1 shape could not be decided.
      The lens does not count mgt: nothing is known about it.
      baseline: old; candidate: new
      832 requests were weighed in 61 seconds.

      Kept by the candidate only (1)
        shape  request        status  baseline            candidate  1 GiB at 100/s
        order  POST text/xml     200   nothing  5.29 KB per request      34 minutes

      Not decided (1)
        shape  request  status  baseline    candidate  1 GiB at 100/s
        get    GET /       200   nothing  not decided

      Kept by neither: 1 (--all lists them)

      Finding 1: the smallest request like "xml, empty" (5,286 B per request; 4 tried)
          POST / HTTP/1.1
          Host: shop.example
          Content-Type: text/xml
        The same number of bytes: xml, sound
        To judge it: slopegate run found-1.yaml (in the folder below)
      "
    `);
  });
});

function undecidedIf(name: string): (row: HuntRow) => HuntRow {
  return (row) =>
    row.shape === name
      ? {
          ...row,
          keptOn: 'unknown',
          weights: { ...row.weights, candidate: { ...row.weights.candidate, standing: 'undecided' } },
        }
      : row;
}
