import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStack } from '../../src/composefile/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-merge-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BASE = `
services:
  waf:
    build: .
    image: vendor/waf:1
    ports: ["80:80", "443:443"]
    environment: { A: "1", B: "2" }
  db: { image: vendor/db:1 }
`;

const WAF = {
  build: { context: '.' },
  image: 'vendor/waf:1',
  ports: ['80:80', '443:443'],
  environment: { A: '1', B: '2' },
};

async function merged(override: string): Promise<Awaited<ReturnType<typeof readStack>>> {
  const files = [join(folder, 'base.yml'), join(folder, 'override.yml')];
  await writeFile(files[0] ?? '', BASE);
  await writeFile(files[1] ?? '', override);
  return readStack(files, {}, {});
}

// What `docker compose config` (2.26) says of the same two files.
describe('tags of an override file', () => {
  test.each([
    ['!reset of a map or text', 'services: { waf: { build: !reset null } }', { build: undefined }],
    ['!reset of a list', 'services: { waf: { ports: !reset [] } }', { ports: undefined }],
    ['!reset of one entry', 'services: { waf: { environment: { A: !reset null } } }', { environment: { B: '2' } }],
    ['!override of a list', 'services: { waf: { ports: !override ["8443:443"] } }', { ports: ['8443:443'] }],
    ['!override of a map', 'services: { waf: { environment: !override { C: "3" } } }', { environment: { C: '3' } }],
    ['no tag', 'services: { waf: { ports: ["81:81"] } }', { ports: ['80:80', '443:443', '81:81'] }],
    ['no tag, other form', 'services: { waf: { environment: ["B=3"] } }', { environment: { A: '1', B: '3' } }],
  ])('%s', async (_, override, expected) => {
    const { faults, services } = await merged(override);
    expect(faults).toEqual([]);
    expect(services?.['waf']).toEqual({ ...WAF, ...expected });
  });

  test('a whole service is removed', async () => {
    const { services } = await merged('services: { db: !reset null }');
    expect(Object.keys(services ?? {})).toEqual(['waf']);
  });

  test('any other tag is a fault with its place', async () => {
    const { faults } = await merged('services: { db: !drop null }');
    expect(faults[0]).toMatchObject({ index: 1, fault: { place: { line: 1, column: 17 } } });
  });
});
