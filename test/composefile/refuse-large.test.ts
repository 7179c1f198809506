import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseLarge } from '../../src/composefile/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-large-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const lists = (depth: number): string =>
  ['x-0: &n0 [1, 1]', ...Array.from({ length: depth }, (_, i) => `x-${i + 1}: &n${i + 1} [${`*n${i}, `.repeat(10)}]`)]
    .map((line) => `${line}\n`)
    .join('');
const SERVICES = 'services:\n  waf: { image: "nginx:1.25" }\n';

it('aliases that stand for a billion values are refused, with their place', async () => {
  const small = await file('small.yml', lists(2) + SERVICES);
  const large = await file('large.yml', lists(9) + SERVICES);
  await expect(refuseLarge([small, large])).rejects.toMatchObject({
    code: 'COMPOSE_CONFIG',
    location: expect.stringMatching(/large\.yml:7:\d+$/),
  });
});

it('every other fault is left to Compose, which accepts more than our reader does', async () => {
  const files = [
    await file('few.yml', lists(2) + SERVICES),
    await file('broken.yml', 'services: ['),
    join(folder, 'none'),
  ];
  await expect(refuseLarge(files)).resolves.toBeUndefined();
});
