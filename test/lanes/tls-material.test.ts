import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TlsSettings } from '../../src/model/index.js';
import { loadTls } from '../../src/replay/index.js';
import { makeCertificate } from '../replay/tls-server.js';

const settings: TlsSettings = {
  verify: false,
  authority: null,
  serverName: null,
  session: 'fresh',
  clientCertificates: [],
};
let folder = '';
let file: (name: string) => string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  file = (name) => join(folder, name);
  for (const name of ['a', 'b']) {
    const { cert, key } = await makeCertificate(name);
    await writeFile(file(`${name}.pem`), cert);
    await writeFile(file(`${name}.key`), key);
  }
  await writeFile(file('text'), 'not a key');
});
afterAll(() => rm(folder, { recursive: true }));

test('reads what is named', async () => {
  const { verify, session, clientCertificates, ...rest } = await loadTls({
    ...settings,
    verify: true,
    authority: file('a.pem'),
    clientCertificates: [{ cert: file('b.pem'), key: file('b.key') }],
  });
  expect(verify).toMatch(/BEGIN CERTIFICATE/);
  expect(session).toBe('fresh');
  expect(clientCertificates).toMatchObject([
    { cert: expect.stringMatching(/BEGIN CERTIFICATE/), key: expect.stringMatching(/PRIVATE KEY/) },
  ]);
  expect(rest).toEqual({});
  expect(await loadTls({ ...settings, verify: true })).toMatchObject({ verify: true });
});

test.each<[string, () => Partial<TlsSettings>, RegExp]>([
  [
    'a file that is not there',
    () => ({ authority: file('none.pem') }),
    /none\.pem cannot be read as a PEM file with a certificate/,
  ],
  [
    'a file that is something else',
    () => ({ clientCertificates: [{ cert: file('a.pem'), key: file('text') }] }),
    /text cannot be read as a PEM file with a private key/,
  ],
  [
    'a key of another certificate',
    () => ({ clientCertificates: [{ cert: file('a.pem'), key: file('b.key') }] }),
    /b\.key is not the key of .*a\.pem/,
  ],
])('%s is reported by its name', async (_, more, message) => {
  await expect(loadTls({ ...settings, ...more() })).rejects.toMatchObject({
    code: 'TRAFFIC_INVALID',
    message: expect.stringMatching(message),
  });
});
