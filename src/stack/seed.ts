import type Docker from 'dockerode';
import type { ComposeModel } from '../compose/model.js';
import { inspectAll } from '../docker/containers.js';
import type { ResourceOwner } from '../docker/labels.js';
import type { Copy, Isolated } from '../isolate/types.js';
import { copyVolumes } from './fill/through-volumes.js';

const STOP_WITHIN_SECONDS = 60;

/** The data of the old version: content of a volume → the volume's name on the daemon. */
export type Seed = ReadonlyMap<string, string>;

/** Ends the old version as an upgrade does, and keeps its volumes: containers are stopped in order and removed. */
export async function stopOldVersion(docker: Docker, ownedBy: ResourceOwner, old: Isolated): Promise<Seed> {
  const containers = await inspectAll(docker, ownedBy);
  // The container that started last is stopped first, so that none loses a service on which it depends.
  const newestFirst = [...containers].sort((a, b) => b.State.StartedAt.localeCompare(a.State.StartedAt));
  for (const { Id, State } of newestFirst) {
    const container = docker.getContainer(Id);
    if (State.Running) await container.stop({ t: STOP_WITHIN_SECONDS });
    await container.remove({ v: false });
  }
  for (const network of Object.values(old.model.networks ?? {}))
    await docker
      .getNetwork(network?.name ?? '')
      .remove()
      .catch(ignoreMissing);
  return contentsOf(old.model, old.copies);
}

/** Compose makes no network without services. */
function ignoreMissing(error: unknown): void {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error;
}

/** Fills the new version's volumes with copies of the old ones; returns what must still be copied from elsewhere. */
export async function copyOldVolumes(job: {
  readonly docker: Docker;
  readonly ownedBy: ResourceOwner;
  readonly labels: Readonly<Record<string, string>>;
  readonly seed: Seed;
  readonly own: Isolated;
  readonly signal: AbortSignal;
}): Promise<readonly Copy[]> {
  const { docker, ownedBy, labels, seed, own, signal } = job;
  const [container] = await inspectAll(docker, ownedBy);
  const pairs = [...contentsOf(own.model, own.copies)].flatMap(([what, to]) => {
    const from = seed.get(what);
    return from === undefined ? [] : [{ from, to }];
  });
  await copyVolumes(docker, { image: container?.Image ?? '', labels }, pairs, { signal, onBytes: () => {} });
  for (const old of seed.values()) await docker.getVolume(old).remove({ force: true });
  return own.copies.filter(
    ({ kind, source, target }) => kind === 'into' || !seed.has(kind === 'volume' ? target : `host ${source}`),
  );
}

/**
 * A volume is identified by its key in the compose file, or by the host folder of which it is a copy, because keys that
 * we make differ between versions.
 */
function contentsOf({ volumes = {} }: ComposeModel, copies: readonly Copy[]): Map<string, string> {
  return new Map(
    Object.entries(volumes).map(([key, volume]) => {
      const copy = copies.find(({ kind, target }) => (kind === 'folder' || kind === 'file') && target === key);
      return [copy === undefined ? key : `host ${copy.source}`, volume?.name ?? key];
    }),
  );
}
