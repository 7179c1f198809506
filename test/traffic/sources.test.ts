import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpora } from '../../src/corpus/load-corpora.js';
import { ATTACK_CLASSES, type CorpusSource, type ImportSource, type TrafficSource } from '../../src/model/index.js';
import { encodeCorpusLine, type CorpusRequest } from '../../src/traffic/index.js';
import { listedTrace } from './listed-trace.js';
import { settings, template } from './settings.js';
import { temporaryFolder } from './temporary-folder.js';

const recorded = (target: string, label = 'benign', at: number | null = null): CorpusRequest => ({
  label,
  source: `a:${target}`,
  at,
  method: 'GET',
  target,
  headers: [['Host', 'a']],
  body: null,
});
const common = { weight: 1, label: null, expect: {}, order: 'recorded' } as const;
const corpusSource = (file: string, more: Partial<CorpusSource> = {}): CorpusSource => ({
  kind: 'corpus',
  file,
  ...common,
  ...more,
});
const load = (sources: readonly TrafficSource[], most = 1000, warnings: string[] = []) =>
  loadCorpora({ sources }, { most, onWarning: (text) => warnings.push(text) });

async function corpusFile(requests: readonly CorpusRequest[]): Promise<string> {
  const file = join(await temporaryFolder(), 'c.ndjson');
  await writeFile(file, requests.map(encodeCorpusLine).join(''));
  return file;
}

describe('recorded sources', () => {
  const three = ['/a', '/b', '/c'].map((target, i) => recorded(target, target === '/b' ? 'attack' : 'benign', i * 100));

  test('alone: in their order, with their times, repeated after their end', async () => {
    const sources = [corpusSource(await corpusFile(three), { expect: { attack: 'blocked' } })];
    const trace = listedTrace(settings({ mix: [], sources }), 4, await load(sources));
    expect(trace.requests.map(({ target, at, expect: due }) => [target, at, due])).toEqual([
      ['/a', 0, 'any'],
      ['/b', 100, 'blocked'],
      ['/c', 200, 'any'],
      ['/a', 300, 'any'],
    ]);
    expect(trace.labels).toEqual({ benign: 3, attack: 1 });
  });

  test('an expectation about a label that no request has', async () => {
    const file = await corpusFile(three);
    const warnings: string[] = [];
    const typo = [corpusSource(file, { expect: { atack: 'blocked' } })];
    await expect(load(typo)).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      location: file,
      hint: 'did you mean "attack"?',
    });
    await load(typo, 1, warnings);
    await load([corpusSource(file, { expect: { upload: 'passed' } })], 1000, warnings);
    expect(warnings).toEqual([
      expect.stringMatching(/"atack", and no request that is sent has it; labels here: benign$/),
      expect.stringMatching(/"upload", and no request that is sent has it; labels here: benign, attack$/),
    ]);
  });

  test('mixed with templates by weight; the digest covers them', async () => {
    const of = async (targets: readonly string[]) => {
      const sources = [
        corpusSource(await corpusFile(targets.map((target) => recorded(target))), { weight: 3, label: 'shop' }),
      ];
      return listedTrace(settings({ mix: [template()], sources }), 416, await load(sources));
    };
    const trace = await of(['/a', '/b']);
    expect(trace.labels['shop']).toBe(312);
    expect((await of(['/a', '/b'])).digest).toBe(trace.digest);
    expect((await of(['/a', '/c'])).digest).not.toBe(trace.digest);
  });

  test('shuffled: every request once a round, in a seeded order; a shorter trace begins a longer one', async () => {
    const sources = [
      corpusSource(await corpusFile(Array.from({ length: 50 }, (_, i) => recorded(`/${i}`))), { order: 'shuffled' }),
    ];
    const corpora = await load(sources);
    const targets = listedTrace(settings({ mix: [], sources }), 100, corpora).requests.map(({ target }) => target);
    expect(new Set(targets.slice(0, 50)).size).toBe(50);
    expect(targets.slice(0, 50)).not.toEqual(targets.slice(50));
    expect(listedTrace(settings({ mix: [], sources }), 20, corpora).requests.map(({ target }) => target)).toEqual(
      targets.slice(0, 20),
    );
  });

  test('an import is read directly, only as far as needed, and reports what it skipped', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'a.pkt'),
      'nonsense\0GET /1 HTTP/1.1\r\nHost: x\r\n\r\n\0GET /2?token=abc HTTP/1.1\r\nHost: ' +
        'x\r\n\r\n\0GET /3 HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    const source: ImportSource = {
      kind: 'import',
      format: 'http',
      paths: [folder],
      host: 'waf.test',
      exact: false,
      strict: false,
      keepSecrets: false,
      logFormat: null,
      ...common,
    };
    const warnings: string[] = [];
    const [corpus = []] = await load([source], 2, warnings);
    expect(corpus.map(({ target }) => target.replace(/token=\w+/, 'token=*'))).toEqual(['/1', '/2?token=*']);
    expect(corpus[1]?.target).not.toContain('abc');
    expect(corpus[0]?.headers).toEqual([['Host', 'waf.test']]);
    // Masks are others in every run, so that nobody can guess a secret from one; the same secret has one mask in a run.
    const again = (await load([source], 2))[0];
    expect(again?.[1]?.target).not.toBe(corpus[1]?.target);
    expect(again?.[0]).toEqual(corpus[0]);
    await expect(load([{ ...source, strict: true }])).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      location: expect.stringContaining('a.pkt:1'),
    });
    await load([source], 9, warnings);
    expect(warnings.at(-1)).toMatch(/^1 recorded entries were skipped: .*; the first is .*a\.pkt:1: Not a request/);
  });

  test.each([
    ['not there', null, /cannot be read/],
    ['empty', '', /no request found/],
    ['broken', '{"label":1}\n', /c\.ndjson:1 is not a line of a slopegate corpus/],
  ])('a corpus that is %s', async (_, text, message) => {
    const file = text === null ? '/none/c.ndjson' : await corpusFile([]);
    if (text !== null) await writeFile(file, text);
    await expect(load([corpusSource(file)])).rejects.toMatchObject({
      code: 'TRAFFIC_INVALID',
      message: expect.stringMatching(message),
    });
  });
});

describe('the library of attacks', () => {
  const library = (more: object = {}): TrafficSource => ({
    kind: 'library',
    weight: 1,
    classes: ATTACK_CLASSES,
    ...more,
  });

  test('every class, in equal shares, beside the mix', () => {
    const { labels, requests } = listedTrace(
      settings({ mix: [template({ label: 'page' })], sources: [library({ weight: 3 })] }),
      1600,
    );
    expect(labels).toEqual({ page: 400, ...Object.fromEntries(ATTACK_CLASSES.map((name) => [`attack-${name}`, 100])) });
    expect(new Set(requests.filter(({ label }) => label === 'attack-sqli').map(({ target }) => target)).size).toBe(8);
  });

  test('only the classes named', () => {
    expect(
      Object.keys(listedTrace(settings({ mix: [], sources: [library({ classes: ['xxe', 'nosql'] })] }), 40).labels),
    ).toEqual(['attack-xxe', 'attack-nosql']);
  });
});

test('a template carries its behaviour; a chunked body has no length', () => {
  const mix = [
    template({
      method: 'POST',
      body: { kind: 'raw', contentType: 'text/xml', text: '<a/>' },
      behaviour: { chunks: [2] },
    }),
  ];
  const request = listedTrace(settings({ mix }), 1).requests[0];
  expect(request?.behaviour).toEqual({ chunks: [2] });
  expect(request?.headers.map(([name, value]) => `${name}: ${value}`)).toEqual(
    expect.arrayContaining(['Transfer-Encoding: chunked']),
  );
  expect(request?.headers.map(([name]) => name)).not.toContain('Content-Length');
});
