import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { slopegate, type Said } from '../cli/in-process.js';
import { passingRun } from './passing-run.js';
import { damaged, randomFrom } from './random.js';

/**
 * Damaged inputs through the command line. In the gate so many of each kind; `npm run fuzz` takes more, from a seed of
 * its own, and keeps what goes wrong: FUZZ_SEED and FUZZ_INPUTS say which and how many.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 40);
const TIMEOUT = process.env['FUZZ_INPUTS'] === undefined ? 300_000 : 2 ** 31 - 1;
const EXITS = [0, 1, 2, 3, 4, 5];
const MOST_BYTES = 1e9;

const root = mkdtempSync(join(tmpdir(), 'slopegate-fuzz-'));
const kept = join(tmpdir(), 'slopegate-fuzz-findings');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What must hold of every answer, whatever the input was; the name of what does not, or null. */
function wrongWith({ exit, err }: Said, mayPass: boolean): string | null {
  if (err.includes('INTERNAL')) return `INTERNAL: ${err.split('\n').slice(0, 4).join(' | ')}`;
  if (!EXITS.includes(exit)) return `exit ${exit}`;
  if (exit === 0 && !mayPass) return 'PASS';
  return process.memoryUsage().rss > 2 * MOST_BYTES ? 'more than 1 GB of memory' : null;
}

/** Runs `INPUTS` cases of a kind; each makes a folder, and the command that reads it. */
async function fuzz(
  kind: string,
  mayPass: boolean,
  make: (folder: string, seed: number) => readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let seed = SEED; seed < SEED + INPUTS; seed += 1) {
    const folder = join(root, `${kind}-${seed}`);
    mkdirSync(folder);
    const said = await slopegate(make(folder, seed), { cwd: folder });
    const why = wrongWith(said, mayPass);
    if (why !== null) {
      cpSync(folder, join(kept, `${kind}-${seed}`), { recursive: true });
      wrong.push(`${kind}, seed ${seed} (kept in ${kept}): ${why}`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return wrong;
}

/** Damages one of the files of a folder. */
function damageOne(folder: string, files: readonly string[], seed: number): void {
  const random = randomFrom(seed);
  const path = join(folder, random.pick(files));
  const before = readFileSync(path, 'utf8');
  let after = before;
  // A line end that is gone at the end of the file takes nothing away.
  while (after.trimEnd() === before.trimEnd()) after = damaged(before, random);
  writeFileSync(path, after);
}

const FIXTURES = new URL('../fixtures/', import.meta.url).pathname;
const FILES = ['journal.ndjson', 'journal.ndjson', 'journal.ndjson', 'manifest.json'];

describe('damaged recordings', () => {
  const passing = passingRun(root, 1);

  test('the run that is damaged passes when it is whole', async () => {
    expect((await slopegate(['analyze', passing])).exit).toBe(0);
    for (const report of readdirSync(passing))
      if (!FILES.includes(report)) rmSync(join(passing, report), { recursive: true });
  });

  test('sealed: whatever is damaged, it never passes', { timeout: TIMEOUT }, async () =>
    expect(
      await fuzz('sealed', false, (folder, seed) => {
        cpSync(passing, folder, { recursive: true });
        damageOne(folder, FILES, seed);
        return ['analyze', folder];
      }),
    ).toEqual([]),
  );

  test('not sealed: what did not pass never passes', { timeout: TIMEOUT }, async () =>
    expect(
      await fuzz('unsealed', false, (folder, seed) => {
        cpSync(join(FIXTURES, 'run', 'tiny-leak'), folder, { recursive: true });
        damageOne(folder, FILES, seed);
        return ['analyze', folder];
      }),
    ).toEqual([]),
  );
});

test('damaged series', { timeout: TIMEOUT }, async () =>
  expect(
    await fuzz('series', true, (folder, seed) => {
      const names = ['nginx-3.0.9-a.csv', 'nginx-3.0.9-b.csv', 'lua-leak256.csv', 'lua-leak0.csv'];
      for (const name of names) cpSync(join(FIXTURES, 'traces', name), join(folder, name));
      damageOne(folder, names, seed);
      return ['compare', '--baseline', names[0]!, names[3]!, '--candidate', names[1]!, names[2]!];
    }),
  ).toEqual([]),
);

test('damaged scenarios', { timeout: TIMEOUT }, async () =>
  expect(
    await fuzz('scenario', true, (folder, seed) => {
      for (const name of ['leak.yaml', 'same.yaml', 'compose.yml', 'descriptors.yaml'])
        cpSync(join(FIXTURES, 'scenarios', name), join(folder, name));
      damageOne(folder, ['leak.yaml', 'same.yaml', 'descriptors.yaml'], seed);
      return ['validate', randomFrom(seed + 1).pick(['leak.yaml', 'same.yaml', 'descriptors.yaml'])];
    }),
  ).toEqual([]),
);

const CORPORA = {
  'access-log': '127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 12 "-" "curl/8"\n',
  http: 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc',
  vegeta: 'POST http://x/a\nContent-Type: text/plain\n\nGET http://x/b\n',
  gor: '1 a1 1700000000000000000\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n\n🐵🙈🙉\n',
  har: JSON.stringify({
    log: {
      version: '1.2',
      entries: [
        { startedDateTime: '2026-01-01T00:00:00Z', request: { method: 'GET', url: 'http://x/a', headers: [] } },
      ],
    },
  }),
  ftw: [
    'tests:',
    '  - test_title: a',
    '    stages:',
    '      - input:',
    '          dest_addr: x',
    '          uri: /a',
    '        output:',
    '          status: 403',
    '',
  ].join('\n'),
} as const;

test('damaged corpora', { timeout: TIMEOUT }, async () =>
  expect(
    await fuzz('corpus', true, (folder, seed) => {
      const format = randomFrom(seed).pick(Object.keys(CORPORA) as (keyof typeof CORPORA)[]);
      const name = format === 'ftw' ? 'in.yaml' : 'in.txt';
      writeFileSync(join(folder, name), CORPORA[format]);
      damageOne(folder, [name], seed);
      return ['import', format, join(folder, name), '-o', join(folder, 'out.ndjson')];
    }),
  ).toEqual([]),
);
