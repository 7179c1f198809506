import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBodyFiles } from '../../src/run/body-files.js';
import { listedTrace } from './listed-trace.js';
import { settings, template } from './settings.js';

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff, 0x7b, 0x78, 0x7d]);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bodies-'));
  await writeFile(join(folder, 'a.png'), BYTES);
});
afterAll(() => rm(folder, { recursive: true }));

test('a body from a file is sent byte for byte, alone and as a part', async () => {
  const file = join(folder, 'a.png');
  const traffic = settings({
    mix: [
      template({ label: 'raw', method: 'PUT', body: { kind: 'file', contentType: 'image/png', file } }),
      template({
        label: 'form',
        method: 'POST',
        body: {
          kind: 'multipart',
          parts: [{ name: 'f', filename: 'a.png', contentType: 'image/png', text: '', file }],
        },
      }),
    ],
  });
  const { requests } = listedTrace({ ...traffic, files: await readBodyFiles(traffic) }, 4);
  const raw = requests.find(({ label }) => label === 'raw');
  expect(Buffer.from(raw?.body ?? [])).toEqual(BYTES);
  expect(raw?.headers.slice(-2)).toEqual([
    ['Content-Type', 'image/png'],
    ['Content-Length', '11'],
  ]);
  const form = Buffer.from(requests.find(({ label }) => label === 'form')?.body ?? []);
  expect(
    form.includes(Buffer.concat([Buffer.from('Content-Type: image/png\r\n\r\n'), BYTES, Buffer.from('\r\n--')])),
  ).toBe(true);
});

test('a missing file is reported with its path', async () => {
  const missing = join(folder, 'b.png');
  const traffic = settings({ mix: [template({ body: { kind: 'file', contentType: 'a/b', file: missing } })] });
  await expect(readBodyFiles(traffic)).rejects.toMatchObject({ code: 'TRAFFIC_INVALID', location: missing });
  const no = settings({ mix: [template({ body: { kind: 'file', contentType: 'a/b', file: folder } })] });
  await expect(readBodyFiles(no)).rejects.toThrow('is no file');
});
