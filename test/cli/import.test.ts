import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeCorpusLine } from '../../src/traffic/index.js';
import { slopegate } from './in-process.js';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'slopegate-import-'));
  await writeFile(
    join(cwd, 'good.white'),
    'GET /login?token=hunter2 HTTP/1.1\r\nHost: shop.example\r\nCookie: id=secret77\r\n\r\n',
  );
  await writeFile(join(cwd, 'bad.black'), 'POST /x HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 2\r\n\r\nok');
  await writeFile(join(cwd, 'worse.http'), 'nonsense');
});
afterEach(() => rm(cwd, { recursive: true }));

const corpusOf = async (name: string): Promise<ReturnType<typeof decodeCorpusLine>[]> =>
  (await readFile(join(cwd, name), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line, i) => decodeCorpusLine(line, `${name}:${i + 1}`));

describe('slopegate import', () => {
  test('writes a corpus, counts labels on stdout, locates what it skipped on stderr', async () => {
    const { exit, out, err } = await slopegate(['import', 'http', '.', '-o', 'c.ndjson'], { cwd });
    expect({ exit, out }).toEqual({
      exit: 0,
      out: expect.stringMatching(/^c\.ndjson: 2 requests, 1 with a body, without recorded times; 1 entry skipped\n/),
    });
    expect(out).toMatch(
      / {2}attack: 1\n {2}benign: 1\nskipped:\n {2}1: .* \(first: .*worse\.http:1: Not a request: .*\)\n/,
    );
    expect(out).toMatch(/\nmasked: token 1, id 1\n$/);
    expect(err).toMatch(/^skipped .*worse\.http:1: Not a request/);
    const corpus = await corpusOf('c.ndjson');
    expect(corpus.map(({ label }) => label).sort()).toEqual(['attack', 'benign']);
    expect(JSON.stringify(corpus)).not.toMatch(/hunter2|secret77/);
  });

  test('--keep-secrets, --label and --host', async () => {
    const { exit } = await slopegate(
      [
        'import',
        'http',
        join(cwd, 'good.white'),
        '--keep-secrets',
        '--label',
        'mine',
        '--host',
        'waf.test',
        '-o',
        'c.ndjson',
      ],
      { cwd },
    );
    expect(exit).toBe(0);
    expect(await corpusOf('c.ndjson')).toMatchObject([
      {
        label: 'mine',
        target: '/login?token=hunter2',
        headers: [
          ['Host', 'waf.test'],
          ['Cookie', 'id=secret77'],
        ],
      },
    ]);
  });

  test('the same --salt gives the same masks; --json prints JSON', async () => {
    for (const name of ['a', 'b']) {
      const { out } = await slopegate(
        ['import', 'http', join(cwd, 'good.white'), '--salt', 'x', '--json', '-o', name],
        { cwd },
      );
      expect(JSON.parse(out)).toEqual({
        corpus: name,
        requests: 1,
        labels: { benign: 1 },
        bodies: 0,
        timed: false,
        skipped: 0,
        skippedByReason: {},
        notes: {},
        masked: { id: 1, token: 1 },
      });
    }
    expect(await readFile(join(cwd, 'a'), 'utf8')).toBe(await readFile(join(cwd, 'b'), 'utf8'));
  });

  test.each<[string, string[], RegExp]>([
    ['--strict', ['http', '.', '--strict'], /worse\.http:1[^]*TRAFFIC_INVALID[^]*Without --strict/],
    ['a file that is not there', ['har', 'none.har'], /TRAFFIC_INVALID: .*none\.har cannot be read/],
    ['a format that is not there', ['hra', 'x'], /USAGE: unknown format "hra"[^]*did you mean "har"/],
    ['no request at all', ['har', 'worse.http'], /TRAFFIC_INVALID: .*no request found[^]*the right one/],
  ])('%s ends with 2 and leaves no file', async (_, [format = '', path = '', ...rest], message) => {
    const { exit, out, err } = await slopegate(['import', format, join(cwd, path), ...rest, '-o', 'c.ndjson'], { cwd });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
    expect((await readdir(cwd)).filter((name) => name.startsWith('c.ndjson'))).toEqual([]);
  });

  test('counts by reason in JSON, and lists every skipped entry in a file', async () => {
    for (let i = 0; i < 12; i++) await writeFile(join(cwd, `odd${i}.http`), 'nonsense');
    const { exit, out, err } = await slopegate(
      ['import', 'http', '.', '--json', '--skipped', 's.ndjson', '-o', 'c.ndjson'],
      { cwd },
    );
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ requests: 2, skipped: 13, skippedByReason: { malformed: 13 } });
    expect(err.match(/^skipped/gm)).toHaveLength(5);
    const listed = (await readFile(join(cwd, 's.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(listed.map((line) => JSON.parse(line) as unknown)).toHaveLength(13);
    expect(JSON.parse(listed[0] ?? '')).toEqual({
      location: expect.stringMatching(/odd0\.http:1$/),
      reason: 'malformed',
      message: 'Not a request: it does not begin with a request line',
    });
  });

  test.each<[string, string, string, string]>([
    ['har', 'http', 'a.req', 'GET / HTTP/1.1\r\n\r\n'],
    ['http', 'har', 'a', '{"log":{"entries":[{"startedDateTime":""}]}}'],
    ['har', 'modsecurity-native', 'a', '--ab-A--\n[01/Mar/2026:10:00:00 +0000] x\n'],
    ['http', 'modsecurity-json', 'a', '{"transaction":{}}\n'],
    ['modsecurity-json', 'access-log', 'a', '203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n'],
    ['har', 'access-log', 'a', '#Fields: date time\n'],
    ['http', 'gor', 'a', '1 ab 1439818823587396305\nGET / HTTP/1.1\r\n\r\n'],
    ['har', 'vegeta', 'a', 'GET http://a/\n'],
    ['http', 'vegeta', 'a', '{"method":"GET","url":"http://a/"}\n'],
    ['har', 'ftw', 'a.yaml', 'meta:\n  author: x\ntests:\n  - stages: []\n'],
  ])('a file taken for %s is recognised as %s', async (taken, format, name, text) => {
    await writeFile(join(cwd, name), text);
    const { exit, err } = await slopegate(['import', taken, name, '-o', 'c.ndjson'], { cwd });
    expect([exit, err]).toEqual([
      2,
      expect.stringContaining(`this looks like "${format}": slopegate import ${format}`),
    ]);
  });

  test('--mask and --keep change what is masked', async () => {
    const args = ['import', 'http', 'good.white', '--mask', 'q', '--keep', 'token', '--keep', 'ID', '-o', 'c.ndjson'];
    await writeFile(join(cwd, 'good.white'), 'GET /?token=hunter2&q=shoes HTTP/1.1\r\nCookie: id=secret77\r\n\r\n');
    const { out } = await slopegate(args, { cwd });
    const [request] = await corpusOf('c.ndjson');
    expect(request?.target).toMatch(/^\/\?token=hunter2&q=(?!shoes)[a-z]{5}$/);
    expect(request?.headers).toEqual([['Cookie', 'id=secret77']]);
    expect(out).toMatch(/masked: q 1\n/);
  });

  test('a corpus names no folder of this machine', async () => {
    await slopegate(['import', 'http', join(cwd, 'good.white'), '-o', 'c.ndjson'], { cwd });
    expect((await corpusOf('c.ndjson')).map(({ source }) => source)).toEqual(['good.white:1']);
  });

  test('an older corpus in the folder is overwritten and not imported', async () => {
    for (let i = 0; i < 2; i++) {
      const { exit, out } = await slopegate(['import', 'http', '.', '-o', 'c.ndjson', '--json'], { cwd });
      expect({ exit, ...JSON.parse(out) }).toMatchObject({ exit: 0, requests: 2, skipped: 1 });
    }
  });

  test.each<[string, string[], RegExp]>([
    [
      'an output that is the input',
      ['http', 'good.white', '-o', 'good.white'],
      /would overwrite a file that is imported/,
    ],
    [
      'an output that is no corpus',
      ['http', 'good.white', '-o', 'worse.http'],
      /is not a corpus; it would be overwritten/,
    ],
    ['an output that is a folder', ['http', 'good.white', '-o', '.'], /is not a corpus/],
    ['a list that is the input', ['http', 'good.white', '--skipped', 'good.white', '-o', 'c'], /would overwrite/],
    ['a host with a line break', ['http', 'good.white', '--host', 'a\nb', '-o', 'c'], /--host "a\\nb" cannot be used/],
    ['a label with a space', ['http', 'good.white', '--label', 'a b', '-o', 'c'], /--label "a b" cannot be used/],
    ['--keep beside --keep-secrets', ['http', 'a', '--keep', 'x', '--keep-secrets', '-o', 'c'], /--keep has no effect/],
    ['--mask for ftw', ['ftw', 'a', '--mask', 'x', '-o', 'c'], /--mask has no effect/],
    ['--exact for har', ['har', 'a.har', '--exact', '-o', 'c'], /--exact has no effect with the format "har"/],
    ['--log-format for har', ['har', 'a', '--log-format', 'common', '-o', 'c'], /--log-format has no effect/],
    ['--label-by for http', ['http', 'a', '--label-by', 'class', '-o', 'c'], /--label-by does not know "class"/],
    ['--label-by of what is not there', ['ftw', 'a', '--label-by', 'clas', '-o', 'c'], /does not know "clas"/],
    ['--label-by level without rules', ['ftw', 'a', '--label-by', 'level', '-o', 'c'], /must be used together/],
    [
      '--label beside --label-by',
      ['ftw', 'a', '--label-by', 'rule', '--label', 'x', '-o', 'c'],
      /cannot be used together/,
    ],
  ])('%s is an error of usage, and nothing is lost', async (_, args, message) => {
    const before = await readdir(cwd);
    const { exit, out, err } = await slopegate(['import', ...args], { cwd });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
    expect(await readdir(cwd)).toEqual(before);
    expect(await readFile(join(cwd, 'worse.http'), 'utf8')).toBe('nonsense');
  });

  test('a broken link and a folder that contains itself are reported, and the rest is imported', async () => {
    await symlink('nowhere', join(cwd, 'broken'));
    await symlink('.', join(cwd, 'loop'));
    const { exit, out, err } = await slopegate(['import', 'http', '.', '-o', 'c.ndjson', '--json'], { cwd });
    expect({ exit, ...JSON.parse(out) }).toMatchObject({
      exit: 0,
      requests: 2,
      skippedByReason: { unreadable: 2, malformed: 1 },
    });
    expect(err).toMatch(/broken:1: .*broken link/);
    expect(err).toMatch(/loop:1: .*is a link to a folder above it/);
  });

  describe('one clock for all files', () => {
    const line = (time: string, path: string): string =>
      `203.0.113.9 - - [01/Mar/2026:${time} +0000] "GET ${path} HTTP/1.1" 200 5 "-" "-"\n`;
    const targets = async (): Promise<unknown[]> => (await corpusOf('c.ndjson')).map(({ at, target }) => [at, target]);
    beforeEach(async () => {
      await mkdir(join(cwd, 'logs'));
      await writeFile(join(cwd, 'logs/access.log'), line('10:00:05', '/5') + line('10:00:04', '/4'));
      await writeFile(join(cwd, 'logs/access.log.1'), line('10:00:02', '/2') + line('10:00:03', '/3'));
      await writeFile(join(cwd, 'logs/b.log'), line('10:00:01', '/1') + line('10:00:04', '/4b'));
    });

    test('times are counted from the earliest one, and requests are in the order of their times', async () => {
      const { out } = await slopegate(['import', 'access-log', 'logs', '-o', 'c.ndjson'], { cwd });
      expect(out).toMatch(/with recorded times/);
      expect(await targets()).toEqual([
        [0, '/1'],
        [1000, '/2'],
        [2000, '/3'],
        [3000, '/4'],
        [3000, '/4b'],
        [4000, '/5'],
      ]);
      expect((await readdir(cwd)).filter((name) => name.endsWith('.part'))).toEqual([]);
    });

    test('--from and --to take a part and count the rest', async () => {
      const span = ['--from', '2026-03-01 10:00:02', '--to', '2026-03-01T11:00:04+01:00'];
      const { out } = await slopegate(['import', 'access-log', 'logs', '--json', ...span, '-o', 'c.ndjson'], { cwd });
      expect(await targets()).toEqual([
        [0, '/2'],
        [1000, '/3'],
      ]);
      expect(JSON.parse(out)).toMatchObject({ requests: 2, skipped: 0, notes: { 'outside-time': 4 } });
    });

    test('requests without a time are then skipped and reported', async () => {
      const args = ['import', 'http', 'good.white', '--from', '2026-03-01', '-o', 'c'];
      const { exit, err } = await slopegate(args, { cwd });
      expect([exit, err]).toEqual([2, expect.stringMatching(/good\.white:1: The request has no time/)]);
    });

    test('an invalid time is a usage error', async () => {
      const { exit, err } = await slopegate(['import', 'http', '.', '--to', '1 March', '-o', 'c'], { cwd });
      expect([exit, err]).toEqual([2, expect.stringMatching(/USAGE: --to "1 March" is not a time/)]);
    });
  });

  test('reads a named pipe, as a shell makes it for <(…)', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const [{ exit, out }] = await Promise.all([
      slopegate(['import', 'http', 'pipe', '-o', 'c.ndjson'], { cwd }),
      writeFile(join(cwd, 'pipe'), 'GET /piped HTTP/1.1\r\nHost: a\r\n\r\n'),
    ]);
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringMatching(/^c\.ndjson: 1 request/) });
  });

  test('an output that cannot be written ends with 5', async () => {
    const { exit, err } = await slopegate(['import', 'http', join(cwd, 'good.white'), '-o', 'no/such/folder'], { cwd });
    expect(exit).toBe(5);
    expect(err).toContain('DISK: cannot write');
  });
});
