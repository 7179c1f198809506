import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newRunId } from '../../src/run/run-id.js';
import { temporaryFolder } from '../recording/samples.js';

const work = temporaryFolder();
afterAll(() => work[Symbol.dispose]());
const AT = new Date('2026-11-21T20:45:01.900Z');

test('runs of one process in the same second have names of their own', () => {
  const next = (): string => {
    const id = newRunId(work.path, { name: 'waf' }, AT, 4711, null);
    mkdirSync(join(work.path, id));
    return id;
  };
  expect([next(), next(), next()]).toEqual([
    'waf-20261121-204501-4711',
    'waf-20261121-204501-4711-2',
    'waf-20261121-204501-4711-3',
  ]);
});

test('a share of a run has its number in the name', () => {
  const of = (pair: number | 'confirmation') => newRunId(work.path, { name: 'waf' }, AT, 1, { pair, of: 5 });
  expect([of(2), of('confirmation')]).toEqual(['waf-20261121-204501-1-r2', 'waf-20261121-204501-1-c']);
});
