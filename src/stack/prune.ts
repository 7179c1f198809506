import { rm } from 'node:fs/promises';
import type Docker from 'dockerode';
import { apiFolderOf } from '../arms/index.js';
import { SlopegateError, type ArmName } from '../model/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { LABEL, labelFilter } from '../docker/labels.js';
import { reach } from '../docker/reach.js';
import { listLabelled, removeLabelled, type Removed } from '../docker/remove.js';
import { parseOwner, stateOf, type Owner, type OwnerState } from './owner.js';

/** The leftovers of one run. */
interface RunLeft {
  readonly runId: string;
  /** State of the process that made it; `unknown` also if it is not known which process did. */
  readonly owner: OwnerState;
}

/** With the folders of the sockets of its arms, if there are any. */
interface RunFound extends RunLeft {
  readonly folders: ReadonlySet<string>;
}

export interface PruneOptions {
  /** The process that does the pruning. */
  readonly here: Owner;
  /** Only the leftovers of this run. */
  readonly runId?: string;
  /** Also the resources of runs that are alive, or whose process is not visible from here. */
  readonly force?: boolean;
  /** Removes nothing and reports what would be removed. */
  readonly dryRun?: boolean;
}

export interface Pruned extends Removed {
  /** Runs that were not touched, and why. */
  readonly kept: readonly RunLeft[];
}

type Daemon = Pick<DockerConnection, 'docker' | 'host' | 'local'>;

/**
 * Removes every container, network, volume and mixed image that slopegate created on a daemon, or only those of one
 * run, except those of runs that are alive. Images that were built stay, because they are the build cache.
 * @throws SlopegateError USAGE if the given run may be alive
 */
export async function prune(daemon: Daemon, options: PruneOptions): Promise<Pruned> {
  await reach(daemon);
  const { here, runId: only, force = false, dryRun = false } = options;
  const runs = (await findRuns(daemon, here)).filter(({ runId }) => only === undefined || runId === only);
  const kept = runs.filter(({ owner }) => !force && owner !== 'ended');
  if (only !== undefined && kept.length > 0 && !dryRun) throw mayLive(kept[0]!);
  const gone = runs.filter((run) => !kept.includes(run));
  const work = async (run: RunFound): Promise<Removed> =>
    dryRun ? listLabelled(daemon.docker, { runId: run.runId }) : removeRun(daemon, run);
  const all = await Promise.all(gone.map(work));
  const names = (kind: keyof Removed): string[] => all.flatMap((removed) => removed[kind]).sort();
  return {
    containers: names('containers'),
    networks: names('networks'),
    volumes: names('volumes'),
    images: names('images'),
    kept: kept.map(withoutFolders),
  };
}

/** What a caller learns about a run. Its folders on this host are not shown. */
const withoutFolders = ({ runId, owner }: RunFound): RunLeft => ({ runId, owner });

function mayLive({ runId, owner }: RunLeft): SlopegateError {
  const why = owner === 'alive' ? 'is still going on' : 'may still be going on: its process cannot be seen from here';
  return new SlopegateError('USAGE', `The run ${runId} ${why}.`, {
    hint: 'End it with Ctrl-C, or remove its containers while it runs with --force',
  });
}

/** Runs with leftovers whose process on this host has ended: it was killed, or lost in a reboot. */
export async function findStale(daemon: Daemon, here: Owner): Promise<string[]> {
  return (await staleRuns(daemon, here)).map(({ runId }) => runId);
}

async function staleRuns(daemon: Daemon, here: Owner): Promise<RunFound[]> {
  return (await findRuns(daemon, here)).filter(({ owner }) => owner === 'ended');
}

/** Removes the leftovers of dead runs; returns run → what was removed. */
export async function pruneStale(daemon: Daemon, here: Owner): Promise<ReadonlyMap<string, Removed>> {
  const removed = new Map<string, Removed>();
  for (const run of await staleRuns(daemon, here)) removed.set(run.runId, await removeRun(daemon, run));
  return removed;
}

async function removeRun({ docker, local }: Daemon, { runId, folders }: RunFound): Promise<Removed> {
  const removed = await removeLabelled(docker, { runId });
  if (local) for (const folder of folders) await rm(folder, { recursive: true, force: true });
  return removed;
}

/** Every run that has something here. A run counts as alive if one of its owners may be. */
async function findRuns({ docker, local }: Daemon, here: Owner): Promise<RunFound[]> {
  const runs = new Map<string, OwnerState>();
  const folders = new Map<string, Set<string>>();
  for (const labels of await allLabels(docker)) {
    const { [LABEL.run]: runId, [LABEL.trial]: trialId, [LABEL.arm]: arm } = labels;
    if (runId === undefined) continue;
    const own = folders.get(runId) ?? new Set();
    if (trialId !== undefined && arm !== undefined) own.add(apiFolderOf({ runId, trialId, arm: arm as ArmName }));
    folders.set(runId, own);
    const owner = parseOwner(labels[LABEL.owner]);
    const state = owner === null ? 'unknown' : await stateOf(owner, here, local);
    const known = runs.get(runId);
    runs.set(runId, known === undefined || known === 'ended' ? state : known);
  }
  return [...runs]
    .map(([runId, owner]) => ({ runId, owner, folders: folders.get(runId) ?? new Set<string>() }))
    .sort((a, b) => a.runId.localeCompare(b.runId));
}

async function allLabels(docker: Docker): Promise<Readonly<Record<string, string>>[]> {
  const filters = JSON.stringify({ label: labelFilter() });
  const [containers, networks, { Volumes: volumes }, images] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters }),
  ]);
  return [...containers, ...networks, ...(volumes ?? []), ...images].map(({ Labels }) => Labels ?? {});
}
