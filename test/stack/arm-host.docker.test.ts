import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningStack } from '../../src/model/index.js';
import { HOST_SERVICE } from '../../src/armhost/arm-host.js';
import { ask } from '../../src/stack/ask.js';
import { assertNothingLeft, calm, docker, newRun, newStack, smallScenario } from './daemon.js';

const seen: string[] = [];
const machines: Server[] = [];

/** A server of "production" on this machine, which no arm may ever reach. */
async function canary(port: number, address: string): Promise<number> {
  const server = createServer((socket) => {
    seen.push(`${socket.remoteAddress} to ${address}:${port}`);
    socket.end('HTTP/1.0 200 OK\r\n\r\nPRODUCTION');
  });
  server.listen(port, address);
  await once(server, 'listening');
  machines.push(server);
  return (server.address() as AddressInfo).port;
}

describe("an arm's own host", () => {
  let stack: RunningStack;
  let everywhere = 0;
  const runId = newRun();

  beforeAll(async () => {
    await canary(6612, '127.0.0.1');
    await canary(6613, '0.0.0.0');
    everywhere = await canary(0, '0.0.0.0');
    const scenario = smallScenario('arm-host.yml', { entry: { service: 'gateway', port: 8000 } });
    stack = await newStack().up({ scenario, arm: 'candidate', runId, trialId: 't1', signal: calm() });
  }, 120_000);
  afterAll(async () => {
    await stack[Symbol.asyncDispose]();
    for (const machine of machines) machine.close();
    await assertNothingLeft(runId);
  });

  const asked = async (path: string): Promise<string> =>
    (await ask({ ...stack.entry, path: `/ask/${path}`, signal: calm() })).body;

  test("a service on the host's network reaches its neighbours as it does in production", async () => {
    expect(await asked('127.0.0.1/6612/')).toBe('store');
    expect(await asked('127.0.0.1/6613/')).toBe('store');
    expect(await asked('host.docker.internal/6613/')).toBe('store');
    expect(await asked('127.0.0.1/8001/')).toBe('console');
    expect(await asked('web/80/')).toBe('web');
  });

  test("a service on a bridge reaches the arm's host by the gateway's address and by its names", async () => {
    for (const host of ['EDGE', 'edge.lan', 'host.docker.internal', 'gateway']) {
      expect([host, await asked(`web/80/ask/${host}/8000/`)]).toEqual([host, 'gateway']);
      expect([host, await asked(`web/80/ask/${host}/6613/`)]).toEqual([host, 'store']);
    }
    // As in production: what is published on loopback alone is not reached from a bridge.
    expect(await asked('web/80/ask/EDGE/6612/')).toBe('nobody');
  });

  test('no server of the machine is ever reached, on loopback or on a gateway', async () => {
    const { IPAM: ipam } = await docker.getNetwork(`${stack.project}_front`).inspect();
    const gateway = ipam?.Config?.[0]?.Gateway ?? '';
    expect(gateway).toMatch(/\.2$/);
    for (const from of ['', 'web/80/ask/'])
      for (const host of ['127.0.0.1', gateway, '172.17.0.1', 'host.docker.internal'])
        expect([from, host, await asked(`${from}${host}/${everywhere}/`)]).toEqual([from, host, 'nobody']);
    expect(seen).toEqual([]);
  });

  test('is not measured: it is not a service of the file', () => {
    const services = stack.containers.map(({ service }) => service);
    expect(services).toEqual(['console', 'gateway', 'store', 'web']);
    expect(stack.facts.map(({ service }) => service)).not.toContain(HOST_SERVICE);
  });
});
