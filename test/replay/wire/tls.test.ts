import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import { createWireReplayer, type TlsSettings } from '../../../src/replay/index.js';
import { jobOf, traceOf } from '../traces.js';

/** Made anew for each run: no key is kept in the repository. */
const { private: key, cert: certificate } = await generate([{ name: 'commonName', value: 'slopegate-test' }], {
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'waf.test' }] }],
});

/** Replays four requests, each over a connection of its own; says what the server saw of each connection. */
async function replayOver(tls: TlsSettings): Promise<{ answered: number; seen: { reused: boolean; client: string | undefined; name: unknown }[] }> {
  const seen: { reused: boolean; client: string | undefined; name: unknown }[] = [];
  const server = createServer({ key, cert: certificate, requestCert: true, rejectUnauthorized: false }, (socket: TLSSocket & { servername?: unknown }) => {
    socket.on('error', () => {});
    socket.on('data', () => {
      seen.push({ reused: socket.isSessionReused(), client: socket.getPeerCertificate().subject?.CN as string | undefined, name: socket.servername });
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const trace = traceOf(Array.from({ length: 4 }, () => ({ behaviour: { freshConnection: true } })));
  try {
    const { answered } = await createWireReplayer({ connections: 1, giveUpSeconds: 0.5, tls }).start(jobOf((server.address() as AddressInfo).port, trace)).done;
    return { answered, seen };
  } finally {
    server.close();
  }
}

test('takes up its session again', async () => {
  const { answered, seen } = await replayOver({ serverName: 'waf.test' });
  expect(answered).toBe(4);
  expect(seen.map(({ reused }) => reused)).toEqual([false, true, true, true]);
  expect(seen[0]?.name).toBe('waf.test');
});

test('makes a new session each time where it is to', async () => {
  const { seen } = await replayOver({ reuseSessions: false });
  expect(seen.map(({ reused }) => reused)).toEqual([false, false, false, false]);
});

test('shows a client certificate, and checks the server against an authority', async () => {
  const { answered, seen } = await replayOver({ serverName: 'waf.test', ca: certificate, certificate, key });
  expect(answered).toBe(4);
  expect(seen[0]?.client).toBe('slopegate-test');
});

test('refuses a server that the authority does not vouch for', async () => {
  await expect(replayOver({ serverName: 'other.test', ca: certificate })).rejects.toMatchObject({ code: 'REPLAY_FAILED' });
});
