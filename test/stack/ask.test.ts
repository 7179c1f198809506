import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TlsSettings } from '../../src/model/index.js';
import { ask } from '../../src/stack/ask.js';
import { makeCertificate, startH2Server, startTlsServer } from '../replay/tls-server.js';
import { startRecordingServer } from '../replay/recording-server.js';

const signal = new AbortController().signal;
const tls: TlsSettings = {
  verify: false,
  authority: null,
  serverName: 'waf.test',
  session: 'reuse',
  clientCertificates: [],
};
const http2 = { kind: 'http2', streams: 8 } as const;

test('asks in clear text, and over HTTP/2', async () => {
  await using plain = await startRecordingServer(() => ({ status: 204, headers: [], body: '' }));
  expect((await ask({ host: '127.0.0.1', port: plain.port, path: '/x', signal })).status).toBe(204);
  await using modern = await startH2Server(() => ({ status: 201, body: 'hello' }));
  expect(
    await ask({ host: '127.0.0.1', port: modern.port, path: '/x', transport: { protocol: http2 }, signal }),
  ).toEqual({
    status: 201,
    body: 'hello',
  });
  expect(modern.sessions).toEqual([['/x']]);
});

test('asks over TLS for the name of the traffic, with the first of its certificates', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ask-'));
  const [cert, key] = [join(folder, 'c.pem'), join(folder, 'k.pem')];
  const made = await makeCertificate('prober');
  await Promise.all([writeFile(cert, made.cert), writeFile(key, made.key)]);
  await using server = await startTlsServer();
  expect(
    (
      await ask({
        host: '127.0.0.1',
        port: server.port,
        path: '/',
        transport: { tls: { ...tls, clientCertificates: [{ cert, key }] } },
        signal,
      })
    ).status,
  ).toBe(200);
  expect(server.handshakes).toMatchObject([{ name: 'waf.test', client: 'prober', paths: ['/'] }]);
  await rm(folder, { recursive: true });
});

test('an entry that does not speak it is no answer', async () => {
  await using plain = await startRecordingServer();
  await expect(
    ask({
      host: '127.0.0.1',
      port: plain.port,
      path: '/',
      transport: { protocol: http2 },
      signal: AbortSignal.timeout(1000),
    }),
  ).rejects.toThrow(/aborted|ended|Protocol error/);
  await using secure = await startTlsServer();
  await expect(
    ask({ host: '127.0.0.1', port: secure.port, path: '/', transport: { protocol: http2, tls }, signal }),
  ).rejects.toThrow(/does not speak HTTP\/2|alert/);
  await expect(
    ask({ host: '127.0.0.1', port: secure.port, path: '/', signal: AbortSignal.timeout(1000) }),
  ).rejects.toThrow(/closed before an answer came|ECONNRESET|aborted|Parse Error/);
});
