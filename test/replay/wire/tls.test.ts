import { describe, expect, test } from 'vitest';
import { createWireReplayer, type TlsMaterial } from '../../../src/replay/index.js';
import { makeCertificate, serverCertificate, startTlsServer, type Handshake } from '../tls-server.js';
import { jobOf, traceOf, type RequestParts } from '../traces.js';

const [alice, bob] = await Promise.all([makeCertificate('alice'), makeCertificate('bob')]);
const FRESH: RequestParts = { behaviour: { freshConnection: true } };
const FOUR = [FRESH, FRESH, FRESH, FRESH];

type Version = 'TLSv1.2' | 'TLSv1.3';

async function replayOver(
  tls: Partial<TlsMaterial>,
  requests: readonly RequestParts[] = FOUR,
  version: Version = 'TLSv1.3',
) {
  await using server = await startTlsServer({ minVersion: version, maxVersion: version });
  const settings: TlsMaterial = { verify: false, session: 'reuse', clientCertificates: [], ...tls };
  const { answered, connections } = await createWireReplayer({
    connections: 1,
    giveUpSeconds: 0.5,
    tls: settings,
  }).start(jobOf(server.port, traceOf(requests))).done;
  return { answered, connections, seen: server.handshakes };
}

/** Client and paths of the connections that carried anything. */
const used = (seen: readonly Handshake[]) =>
  seen.filter(({ paths }) => paths.length > 0).map(({ client, paths }) => [client ?? 'nobody', ...paths]);

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
  test('takes up its session again', async () => {
    const { answered, connections, seen } = await replayOver({ serverName: 'waf.test' }, FOUR, version);
    expect(answered).toBe(4);
    expect(seen.map(({ reused }) => reused)).toEqual([false, true, true, true]);
    expect(seen[0]).toMatchObject({ name: 'waf.test', protocol: 'http/1.1' });
    expect(connections).toEqual({ opened: 4, resumed: 3 });
  });

  test('makes a full handshake each time if the scenario says so', async () => {
    const { seen, connections } = await replayOver({ session: 'fresh' }, FOUR, version);
    expect(seen.map(({ reused }) => reused)).toEqual([false, false, false, false]);
    expect(connections).toEqual({ opened: 4, resumed: 0 });
  });

  test('shows its certificates in turn, each with sessions of its own', async () => {
    const { seen } = await replayOver({ clientCertificates: [alice, bob] }, FOUR, version);
    expect(seen.map(({ client, reused }) => [client, reused])).toEqual([
      ['alice', false],
      ['bob', false],
      ['alice', true],
      ['bob', true],
    ]);
  });
});

describe('a request of its own', () => {
  test('shows another certificate or none, and its connection is not used by others', async () => {
    const { answered, seen } = await replayOver({ clientCertificates: [alice, bob] }, [
      {},
      { behaviour: { clientCertificate: 2 } },
      {},
      { behaviour: { clientCertificate: 0 } },
      {},
    ]);
    expect(answered).toBe(5);
    const [first, ...others] = used(seen);
    expect(first).toEqual(['alice', '/0']);
    expect(
      others.map(([client, ...paths]) => [
        ...paths,
        client === 'bob' && paths[0] === '/1',
        client === 'nobody' && paths[0] === '/3',
      ]),
    ).toEqual([
      ['/1', true, false],
      ['/2', false, false],
      ['/3', false, true],
      ['/4', false, false],
    ]);
  });

  test('makes a new session while others resume, and the opposite', async () => {
    const fresh = await replayOver({}, [FRESH, FRESH, { behaviour: { session: 'fresh' } }, FRESH]);
    expect(fresh.seen.filter(({ paths }) => paths.includes('/2')).map(({ reused }) => reused)).toEqual([false]);
    expect(
      fresh.seen.filter(({ paths }) => paths.includes('/1') || paths.includes('/3')).every(({ reused }) => reused),
    ).toBe(true);
    const reused = await replayOver({ session: 'fresh' }, [
      {},
      { behaviour: { session: 'reuse' } },
      { behaviour: { session: 'reuse' } },
    ]);
    expect(reused.seen.filter(({ paths }) => paths.includes('/2')).map((one) => one.reused)).toEqual([true]);
  });
});

test('checks the entry against an authority', async () => {
  expect((await replayOver({ serverName: 'waf.test', verify: serverCertificate.cert })).answered).toBe(4);
  await expect(replayOver({ serverName: 'other.test', verify: serverCertificate.cert })).rejects.toMatchObject({
    code: 'REPLAY_FAILED',
  });
  await expect(replayOver({ serverName: 'waf.test', verify: true })).rejects.toMatchObject({ code: 'REPLAY_FAILED' });
});
