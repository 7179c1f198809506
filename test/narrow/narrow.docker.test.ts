import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { processContext } from '../../src/cli/context.js';
import type { NarrowResult } from '../../src/results/index.js';
import { leftovers } from '../stack/daemon.js';

const folder = mkdtempSync(join(tmpdir(), 'slopegate-narrow-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `slopegate narrow` with what it prints. */
async function narrow(
  ...argv: string[]
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const open = processContext();
  let [out, err] = ['', ''];
  const context = {
    ...open.context,
    out: { ...open.context.out, write: (text: string) => void (out += text) },
    err: { ...open.context.err, write: (text: string) => void (err += text) },
  };
  const exit = await main(['narrow', ...argv, '--out', folder], { ...open, context });
  return { exit, out, err };
}

/** The result, and the file with it, after which nothing is left on the daemon. */
async function found(scenario: string): Promise<{ readonly exit: number; readonly result: NarrowResult }> {
  const { exit, out, err } = await narrow(scenario, '--json');
  const directory = /^Folder: (.*)$/m.exec(err)?.[1];
  if (directory === undefined) throw new Error(err);
  const result = JSON.parse(out) as NarrowResult;
  expect(JSON.parse(readFileSync(join(directory, 'narrow.json'), 'utf8'))).toEqual(result);
  expect(await leftovers(directory.split('/').at(-1))).toEqual([]);
  return { exit, result };
}

test.concurrent(
  'two leaking libraries among twenty are told as two, each with its own bytes',
  async () => {
    const { exit, result } = await found('test/narrow/fixtures/two.yaml');
    expect(exit).toBe(0);
    expect(result.parts.filter(({ kind }) => kind === 'library')).toHaveLength(20);
    expect(result.parts.map(({ name }) => name)).toContain('/etc/parts.conf');
    // malloc_usable_size of blocks of 400 and 1,700 bytes.
    expect(Object.fromEntries(result.causes.map(({ parts, bytes }) => [parts.join(' '), bytes]))).toEqual({
      '/opt/parts/libpart3.so': [408],
      '/opt/parts/libpart16.so': [1704],
    });
  },
  1_200_000,
);

test.concurrent(
  'a variable of the environment that makes the same image grow is found',
  async () => {
    const { exit, result } = await found('scenarios/selftest/leak.yaml');
    expect(exit).toBe(0);
    expect(result.parts).toMatchObject([{ name: 'environment LEAK_BYTES', kind: 'setting' }]);
    expect(result.causes).toMatchObject([{ parts: ['environment LEAK_BYTES'], bytes: [264] }]);
  },
  600_000,
);

test.concurrent(
  'a candidate that keeps nothing is refused',
  async () => {
    const { exit, err } = await narrow('scenarios/selftest/sound.yaml');
    expect(exit).toBe(2);
    expect(err).toMatch(/NARROW_REFUSED: The candidate keeps no memory/);
  },
  600_000,
);
