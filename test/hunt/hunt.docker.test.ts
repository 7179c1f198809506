import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { processContext } from '../../src/cli/context.js';
import { inspectScenario, inspectWithFiles } from '../../src/scenario/index.js';
import type { HuntResult } from '../../src/model/index.js';

const folder = mkdtempSync(join(tmpdir(), 'slopegate-hunt-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `slopegate hunt` with what it prints. */
async function hunt(
  ...argv: string[]
): Promise<{ readonly exit: number; readonly result: HuntResult; readonly in: string }> {
  const open = processContext();
  let [out, err] = ['', ''];
  const context = {
    ...open.context,
    out: { ...open.context.out, write: (text: string) => void (out += text) },
    err: { ...open.context.err, write: (text: string) => void (err += text) },
  };
  const exit = await main(['hunt', ...argv, '--json', '--out', folder], { ...open, context });
  const directory = /^Folder: (.*)$/m.exec(err)?.[1];
  if (directory === undefined) throw new Error(err);
  return { exit, result: JSON.parse(out) as HuntResult, in: directory };
}

test('a server that keeps 256 bytes of each request is found, and a scenario for it is written', async () => {
  const {
    exit,
    result,
    in: directory,
  } = await hunt('scenarios/selftest/leak.yaml', '--without', 'attacks', 'catalogue', '--findings', '1');
  expect(exit).toBe(1);
  // malloc_usable_size of a block of 256 bytes.
  expect(result.rows).toMatchObject([
    {
      shape: 'page',
      keptOn: 'candidate',
      weights: { baseline: { standing: 'gives-back' }, candidate: { standing: 'keeps', per: 'request', bytes: 264 } },
    },
  ]);
  expect(result.findings[0]?.request).toBe('GET / HTTP/1.1\nHost: selftest.test');
  expect(JSON.parse(readFileSync(join(directory, 'hunt.json'), 'utf8'))).toEqual(result);
  const inspected = await inspectScenario(join(directory, 'found-1.yaml'));
  expect((await inspectWithFiles(inspected, {})).scenario?.name).toBe('selftest-leak-found-1');
});
