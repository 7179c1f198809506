import { describe, expect, it } from 'vitest';
import { createReplayer, type ReplayerOptions } from '../../src/replay/index.js';
import { ask } from '../../src/stack/ask.js';
import { startProxied } from './proxied-server.js';
import { startRecordingServer } from './recording-server.js';
import { startH2Server, startTlsServer } from './tls-server.js';
import { h2Trace, jobOf, traceOf } from './traces.js';

const TLS = { verify: false, session: 'reuse', clientCertificates: [] } as const;
const trace = traceOf(Array.from({ length: 12 }, () => ({})));

async function replayed(port: number, options: Partial<ReplayerOptions>, requests = trace): Promise<void> {
  const replayer = createReplayer({ engine: 'auto', schedule: { kind: 'constant' }, ...options });
  const result = await replayer.start(jobOf(port, requests)).done;
  expect(result).toMatchObject({ answered: 12, sentDigest: requests.digest });
}

describe('the PROXY protocol', () => {
  it.each([1, 2] as const)(
    'version %i: each connection names the next client, and requests are exact',
    async (version) => {
      await using server = await startRecordingServer();
      await using proxied = await startProxied(server.port);
      await replayed(proxied.port, { proxyProtocol: { version, addresses: 5 }, keepAlive: { requests: 1 } });
      const addresses = proxied.headers.map(({ source }) => source?.address ?? '');
      expect(new Set(addresses.slice(0, 5)).size).toBe(5);
      expect(addresses.slice(5, 10)).toEqual(addresses.slice(0, 5));
      expect(addresses.every((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address))).toBe(true);
      expect(proxied.headers[3]).toMatchObject({ version, source: { port: 1027 }, destinationPort: proxied.port });
    },
  );

  it('the same seed gives both arms the same clients', async () => {
    await using server = await startRecordingServer();
    await using one = await startProxied(server.port);
    await using other = await startProxied(server.port);
    for (const { port } of [one, other])
      await replayed(port, { proxyProtocol: { version: 1, addresses: 100 }, keepAlive: { requests: 1 } });
    const clients = ({ headers }: typeof one): readonly unknown[] => headers.slice(0, 12).map(({ source }) => source);
    expect(clients(one)).toEqual(clients(other));
  });

  it('comes before the handshake of TLS', async () => {
    await using server = await startTlsServer();
    await using proxied = await startProxied(server.port);
    await replayed(proxied.port, { proxyProtocol: { version: 2, addresses: 100 }, tls: TLS });
    expect(proxied.headers.length).toBeGreaterThan(0);
    expect(proxied.headers.every(({ source }) => source !== null)).toBe(true);
  });

  it('comes before HTTP/2', async () => {
    await using server = await startH2Server();
    await using proxied = await startProxied(server.port);
    const proxyProtocol = { version: 1, addresses: 100 } as const;
    await replayed(proxied.port, { proxyProtocol, protocol: { kind: 'http2', streams: 4 } }, h2Trace(trace));
    expect(proxied.headers.every(({ source }) => source !== null)).toBe(true);
  });

  it.each([1, 2] as const)('version %i: the readiness probe names no other client', async (version) => {
    await using server = await startRecordingServer();
    await using proxied = await startProxied(server.port);
    await using secure = await startTlsServer();
    await using proxiedSecure = await startProxied(secure.port);
    const question = { host: '127.0.0.1', path: '/', signal: AbortSignal.timeout(20_000) };
    const proxyProtocol = { version, addresses: 5 };
    const plain = await ask({ ...question, port: proxied.port, transport: { proxyProtocol } });
    const tls = { verify: false, authority: null, serverName: null, session: 'reuse', clientCertificates: [] } as const;
    const overTls = await ask({ ...question, port: proxiedSecure.port, transport: { proxyProtocol, tls } });
    expect([plain.status, overTls.status]).toEqual([200, 200]);
    expect([...proxied.headers, ...proxiedSecure.headers].map(({ source }) => source)).toEqual([null, null]);
  });
});
