import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCorpusFile } from '../../src/corpus/corpus-file.js';
import { decodeCorpusLine, type CorpusRequest } from '../../src/traffic/index.js';

const request = (at: number | null, number: number): CorpusRequest => ({
  label: 'a',
  source: `a:${number}`,
  at,
  method: 'GET',
  target: `/${number}`,
  headers: [],
  body: Buffer.from('ü'),
});

async function written(times: readonly (number | null)[]): Promise<readonly CorpusRequest[]> {
  const folder = await mkdtemp(join(tmpdir(), 'slopegate-corpus-'));
  try {
    const file = await openCorpusFile(join(folder, 'c'));
    for (const [number, at] of times.entries()) await file.add(request(at, number));
    await file.finish();
    expect(await readdir(folder)).toEqual(['c']);
    const lines = (await readFile(join(folder, 'c'), 'utf8')).trimEnd().split('\n');
    return lines.map((line) => decodeCorpusLine(line, 'c'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('many requests are sorted by time; requests with equal times keep their order', async () => {
  // More than are sorted in memory, going backwards and forwards.
  const times = Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 1000);
  const expected = times.map((at, number) => [at, `/${number}`] as const).sort(([a], [b]) => a - b);
  expect((await written(times)).map(({ at, target }) => [at, target])).toEqual(expected);
});

test('negative times are counted from the earliest', async () => {
  expect((await written([0, -500, 250])).map(({ at }) => at)).toEqual([0, 500, 750]);
});

test('if one request has no time, the order stays', async () => {
  expect((await written([5, null, 0])).map(({ at, target }) => [at, target])).toEqual([
    [5, '/0'],
    [null, '/1'],
    [0, '/2'],
  ]);
});
