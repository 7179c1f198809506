import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
      out: 'c.ndjson: 2 requests, 1 with a body, without recorded times; 1 entries skipped\n  attack: 1\n  benign: 1\n',
    });
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

  test('--salt makes the same masks again; --json is JSON', async () => {
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
      });
    }
    expect(await readFile(join(cwd, 'a'), 'utf8')).toBe(await readFile(join(cwd, 'b'), 'utf8'));
  });

  test.each<[string, string[], RegExp]>([
    ['--strict', ['http', '.', '--strict'], /worse\.http:1[^]*TRAFFIC_INVALID[^]*Without --strict/],
    ['a file that is not there', ['har', 'none.har'], /TRAFFIC_INVALID: .*none\.har cannot be read/],
    ['a format that is not there', ['hra', 'x'], /USAGE: unknown format "hra"[^]*did you mean "har"/],
    ['no request at all', ['har', 'good.white'], /TRAFFIC_INVALID: .*no request found[^]*the right one/],
  ])('%s ends with 2 and leaves no file', async (_, [format = '', path = '', ...rest], message) => {
    const { exit, out, err } = await slopegate(['import', format, join(cwd, path), ...rest, '-o', 'c.ndjson'], { cwd });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
    expect((await readdir(cwd)).filter((name) => name.startsWith('c.ndjson'))).toEqual([]);
  });

  test('reads a pipe that is named, as a shell makes of <(…)', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const [{ exit, out }] = await Promise.all([
      slopegate(['import', 'http', 'pipe', '-o', 'c.ndjson'], { cwd }),
      writeFile(join(cwd, 'pipe'), 'GET /piped HTTP/1.1\r\nHost: a\r\n\r\n'),
    ]);
    expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringMatching(/^c\.ndjson: 1 requests/) });
  });

  test('an output that cannot be written ends with 5', async () => {
    const { exit, err } = await slopegate(['import', 'http', join(cwd, 'good.white'), '-o', 'no/such/folder'], { cwd });
    expect(exit).toBe(5);
    expect(err).toContain('DISK: cannot write');
  });
});
