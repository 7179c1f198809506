import { once } from 'node:events';
import { createServer } from 'node:http';
import { hostname, release, totalmem } from 'node:os';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connectDocker } from '../../src/docker/connect.js';
import type { DaemonIdentity } from '../../src/docker/same-machine.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A Docker API on this machine's loopback, of a daemon that says this of itself. */
async function apiOf(identity: DaemonIdentity): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(identity));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const here: DaemonIdentity = { ID: 'a', Name: hostname(), KernelVersion: release(), MemTotal: totalmem() };

describe.runIf(process.platform === 'linux')('a Docker API on localhost', () => {
  test('of this machine is local', async () => {
    await using daemon = await connectDocker({}, await apiOf(here));
    expect(daemon.local).toBe(true);
    expect(await daemon.publishedOn()).toBe('127.0.0.1');
  });

  test('of Docker Desktop is local: its ports are available on this machine', async () => {
    await using daemon = await connectDocker(
      {},
      await apiOf({ ...here, Name: 'x', OperatingSystem: 'Docker Desktop' }),
    );
    expect(daemon.local).toBe(true);
  });

  test.each([
    ['another name', { Name: 'waf-2' }],
    ['another kernel', { KernelVersion: '6.1.0-other' }],
    ['another amount of memory', { MemTotal: 1 }],
  ])('that is forwarded from a machine with %s is not local, and ports are not expected here', async (_what, other) => {
    await using daemon = await connectDocker({}, await apiOf({ ...here, ...other }));
    expect(daemon.local).toBe(false);
    expect(await daemon.readHostFile('/proc/version')).toBeNull();
    await expect(daemon.publishedOn()).rejects.toMatchObject({
      code: 'DOCKER_UNREACHABLE',
      hint: expect.stringContaining('ssh://') as string,
    });
    await expect(daemon.reach(8080)).rejects.toMatchObject({ code: 'DOCKER_UNREACHABLE' });
  });

  test('that does not answer is judged by its address, because nothing can be started there', async () => {
    await using daemon = await connectDocker({}, 'tcp://127.0.0.1:1');
    expect(daemon.local).toBe(true);
  });
});
