import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { SlopegateError } from '../model/index.js';
import { isUnreachable, unreachable } from './reach.js';
import { labelFilter, type ResourceOwner } from './labels.js';

/** Names of what was removed. */
export interface Removed {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  /** Images that were made for a short time. What is built is kept, and has no label of ours. */
  readonly images: readonly string[];
}

interface Resource {
  readonly name: string;
  remove(): Promise<unknown>;
}

const PASSES = 40;
const PAUSE_MS = 250;

/**
 * Removes everything with our labels (of one run or trial, or all) and returns when nothing is left. It repeats,
 * because the daemon may still complete requests of an interrupted client, another clean-up may be running, or the
 * daemon may be restarting.
 * @throws SlopegateError DOCKER_UNREACHABLE if the daemon does not come back
 */
export async function removeLabelled(docker: Docker, ownedBy: Partial<ResourceOwner> = {}): Promise<Removed> {
  const filters = JSON.stringify({ label: labelFilter(ownedBy) });
  const removed = {
    containers: new Set<string>(),
    networks: new Set<string>(),
    volumes: new Set<string>(),
    images: new Set<string>(),
  };
  let obstacle: unknown;
  const onePass = async (): Promise<number> => {
    let found = 0;
    // Containers first, because they use the others.
    for (const [kind, list] of [
      ['containers', containers],
      ['networks', networks],
      ['volumes', volumes],
      ['images', images],
    ] as const) {
      const resources = await list(docker, filters);
      found += resources.length;
      for (const { name } of resources) removed[kind].add(name);
      const results = await Promise.allSettled(resources.map((resource) => resource.remove()));
      obstacle = results.find((result) => result.status === 'rejected')?.reason ?? obstacle;
    }
    return found;
  };
  for (let pass = 0; pass < PASSES; pass += 1) {
    try {
      if ((await onePass()) === 0)
        return {
          containers: sorted(removed.containers),
          networks: sorted(removed.networks),
          volumes: sorted(removed.volumes),
          images: sorted(removed.images),
        };
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      obstacle = error;
    }
    if (pass > 0) await sleep(PAUSE_MS);
  }
  if (isUnreachable(obstacle)) throw unreachable(obstacle);
  throw new SlopegateError('INTERNAL', 'Docker did not remove everything that slopegate had created', {
    because: obstacle,
    hint: 'Try `slopegate prune`.',
  });
}

/** What `removeLabelled` would remove. */
export async function listLabelled(docker: Docker, ownedBy: Partial<ResourceOwner> = {}): Promise<Removed> {
  const filters = JSON.stringify({ label: labelFilter(ownedBy) });
  const names = async (list: typeof containers): Promise<string[]> =>
    (await list(docker, filters)).map(({ name }) => name).sort();
  return {
    containers: await names(containers),
    networks: await names(networks),
    volumes: await names(volumes),
    images: await names(images),
  };
}

async function containers(docker: Docker, filters: string): Promise<Resource[]> {
  const found = await docker.listContainers({ all: true, filters });
  return found.map(({ Id, Names }) => ({
    name: (Names[0] ?? Id).replace(/^\//, ''),
    // `v` also removes the anonymous volumes, which have no labels.
    remove: () => docker.getContainer(Id).remove({ force: true, v: true }),
  }));
}

async function networks(docker: Docker, filters: string): Promise<Resource[]> {
  const found = await docker.listNetworks({ filters });
  return found.map(({ Id, Name }) => ({ name: Name, remove: () => docker.getNetwork(Id).remove() }));
}

async function volumes(docker: Docker, filters: string): Promise<Resource[]> {
  const { Volumes } = await docker.listVolumes({ filters });
  return (Volumes ?? []).map(({ Name }) => ({
    name: Name,
    remove: () => docker.getVolume(Name).remove({ force: true }),
  }));
}

async function images(docker: Docker, filters: string): Promise<Resource[]> {
  const found = await docker.listImages({ filters });
  return found.map(({ Id }) => ({ name: Id, remove: () => removeImage(docker, Id) }));
}

/** Removes an image that was made for a short time. The image that it was made from stays, even without a name. */
export async function removeImage(docker: Docker, id: string): Promise<void> {
  await docker.getImage(id).remove({ force: true, noprune: true });
}

function sorted(names: ReadonlySet<string>): string[] {
  return [...names].sort();
}
