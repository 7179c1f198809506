import type Dockerode from 'dockerode';
import { expect, test } from 'vitest';
import { openHeapGauge, type KernelFiles } from '../../src/observe/index.js';
import { counters, reading } from '../lens/counters.js';

/** Containers by their id: main process 50 runs a server in C, and 60 also a program of Node.js. */
const docker = {
  getContainer: (id: string) => ({
    inspect: async () => ({ State: { Running: true, Pid: Number(id) }, HostConfig: {}, LogPath: '' }),
  }),
} as unknown as Dockerode;
const programs: Readonly<Record<string, string>> = {
  '50/1': '/usr/sbin/nginx',
  '60/1': '/bin/tini',
  '60/7': '/usr/bin/node',
};
const page = counters([{ pid: 1, live: [4000, 96] }]);
const files: KernelFiles = {
  readText: (path) => (path.endsWith('/proc/1/stat') ? 'stat' : null),
  list: (path) =>
    path.endsWith('/pages')
      ? ['1-0']
      : Object.keys(programs).flatMap((one) => (path.includes(`/${one.split('/')[0]}/`) ? [one.split('/')[1]!] : [])),
  count: () => null,
  link: (path) => programs[/^\/proc\/(\d+)\/root\/proc\/(\d+)\/exe$/.exec(path)?.slice(1).join('/') ?? ''] ?? null,
  size: () => null,
  shared: () => ({ read: reading(page), write: () => undefined, close: () => undefined }),
  remove: () => undefined,
};

test('a service in which Node.js runs is not counted, because its objects are not of malloc', async () => {
  const containers = [
    { id: '50', name: 'a', service: 'waf', container: 1 },
    { id: '60', name: 'b', service: 'gateway', container: 1 },
  ] as const;
  const gauge = await openHeapGauge(docker, containers, files);
  expect(gauge.read()).toEqual({ waf: 4096, gateway: null });
});
