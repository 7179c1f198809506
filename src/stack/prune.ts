import type Docker from 'dockerode';
import type { DockerConnection } from '../docker/connect.js';
import { reach } from '../docker/reach.js';
import { removeLabelled, type Removed } from '../docker/remove.js';
import { LABEL, labelFilter } from '../docker/labels.js';
import { hasEnded, parseOwner, type Owner } from './owner.js';

/** What to remove; everything that is ours without a run. */
export interface PruneFilter {
  readonly runId?: string;
}

/**
 * Removes every container, network and volume that slopegate created on a daemon, or one run's. Images stay: they are
 * the build cache.
 */
export async function prune(
  daemon: Pick<DockerConnection, 'docker' | 'host'>,
  filter: PruneFilter = {},
): Promise<Removed> {
  await reach(daemon);
  return removeLabelled(daemon.docker, filter);
}

/** Runs that left something behind although their process on this host has ended: killed, or lost with a reboot. */
export async function findStale(docker: Docker, here: Owner): Promise<string[]> {
  const stale = new Set<string>();
  for (const labels of await allLabels(docker)) {
    const runId = labels[LABEL.run];
    const owner = parseOwner(labels[LABEL.owner]);
    if (runId !== undefined && owner !== null && (await hasEnded(owner, here))) stale.add(runId);
  }
  return [...stale].sort();
}

/** Removes what dead runs left behind; returns run → what was removed. */
export async function pruneStale(docker: Docker, here: Owner): Promise<ReadonlyMap<string, Removed>> {
  const removed = new Map<string, Removed>();
  for (const runId of await findStale(docker, here)) removed.set(runId, await removeLabelled(docker, { runId }));
  return removed;
}

async function allLabels(docker: Docker): Promise<Readonly<Record<string, string>>[]> {
  const filters = JSON.stringify({ label: labelFilter() });
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [...containers, ...networks, ...(volumes ?? [])].map(({ Labels }) => Labels ?? {});
}
