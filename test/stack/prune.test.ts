import { mkdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiFolderOf } from '../../src/arms/index.js';
import type { DockerConnection } from '../../src/docker/connect.js';
import { labelsOf, type ResourceOwner } from '../../src/docker/labels.js';
import { describeOwner, formatOwner } from '../../src/stack/owner.js';
import { pruneStale } from '../../src/stack/prune.js';

type Labels = Readonly<Record<string, string>>;

/** A daemon on which there is nothing but volumes and images. */
function daemonWith(labelsOfAll: readonly Labels[], labelsOfImages: readonly Labels[] = []): DockerConnection {
  const volumes = new Map(labelsOfAll.map((Labels, index) => [`volume-${index}`, { Name: `volume-${index}`, Labels }]));
  const has = (Labels: Readonly<Record<string, string>>, wanted: readonly string[]): boolean =>
    wanted.every((text) => Object.entries(Labels).some(([key, value]) => `${key}=${value}` === text));
  const images = new Map(labelsOfImages.map((Labels, index) => [`image-${index}`, { Id: `image-${index}`, Labels }]));
  const labelsIn = (filters: string): readonly string[] =>
    (JSON.parse(filters) as { readonly label: readonly string[] }).label;
  const docker = {
    listContainers: async () => [],
    listNetworks: async () => [],
    listImages: async ({ filters }: { readonly filters: string }) =>
      [...images.values()].filter(({ Labels }) => has(Labels, labelsIn(filters))),
    getImage: (id: string) => ({ remove: async () => images.delete(id) }),
    listVolumes: async ({ filters }: { readonly filters: string }) => {
      return { Volumes: [...volumes.values()].filter(({ Labels }) => has(Labels, labelsIn(filters))) };
    },
    getVolume: (name: string) => ({ remove: async () => volumes.delete(name) }),
  };
  return { docker, local: true } as unknown as DockerConnection;
}

test('with a killed run go the sockets that its arms had, and those of a living run stay', async () => {
  const here = await describeOwner({ hostname: 'here', pid: process.pid });
  const ended = { ...here, start: '1' };
  const killed: ResourceOwner = { runId: `killed-${process.pid}`, trialId: 'r1-baseline', arm: 'baseline' };
  const living: ResourceOwner = { ...killed, runId: `living-${process.pid}` };
  for (const ownedBy of [killed, living]) await mkdir(apiFolderOf(ownedBy));
  const daemon = daemonWith([labelsOf(killed, formatOwner(ended)), labelsOf(living, formatOwner(here))]);
  const removed = await pruneStale(daemon, here);
  expect([...removed]).toEqual([[killed.runId, { containers: [], networks: [], volumes: ['volume-0'], images: [] }]]);
  await expect(stat(apiFolderOf(killed))).rejects.toThrow('ENOENT');
  expect((await stat(apiFolderOf(living))).isDirectory()).toBe(true);
  await pruneStale(daemonWith([labelsOf(living, formatOwner(ended))]), here);
  await expect(stat(apiFolderOf(living))).rejects.toThrow('ENOENT');
});

test('a mixed image that a killed search left behind is removed, and every other image stays', async () => {
  const here = await describeOwner({ hostname: 'here', pid: process.pid });
  const killed = labelsOf({ runId: 'killed' }, formatOwner({ ...here, start: '1' }));
  const living = labelsOf({ runId: 'living' }, formatOwner(here));
  const daemon = daemonWith([], [killed, living, { 'io.slopegate.base': 'mmdebstrap' }]);
  const nothing = { containers: [], networks: [], volumes: [] };
  expect([...(await pruneStale(daemon, here))]).toEqual([['killed', { ...nothing, images: ['image-0'] }]]);
  expect([...(await pruneStale(daemon, here))]).toEqual([]);
});
