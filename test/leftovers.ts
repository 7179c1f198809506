import { connectDocker } from '../src/docker/connect.js';
import { killed } from './test-process.js';

/** Everything with a label, in the order in which it can be removed. */
async function labelled(label: string) {
  const { docker } = await connectDocker(process.env);
  const filters = JSON.stringify({ label: [label] });
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [
    ...containers.map(({ Id, Labels }) => ({
      Labels,
      remove: () => docker.getContainer(Id).remove({ force: true, v: true }),
    })),
    ...networks.map(({ Id, Labels }) => ({ Labels, remove: () => docker.getNetwork(Id).remove() })),
    ...(volumes ?? []).map(({ Name, Labels }) => ({ Labels, remove: () => docker.getVolume(Name).remove() })),
  ];
}

/**
 * Before the tests with Docker: removes what tests left that were killed, because fixtures have fixed names and ports.
 * Without a daemon there is nothing to remove, and the tests say so themselves.
 */
export default async function removeLeftovers(): Promise<void> {
  try {
    for (const label of ['com.docker.compose.project', 'slopegate-test'])
      for (const { Labels, remove } of await labelled(label)) if (killed(Labels?.[label] ?? '')) await remove();
  } catch (error) {
    process.stderr.write(`What earlier tests left could not be removed: ${String(error)}\n`);
  }
}
