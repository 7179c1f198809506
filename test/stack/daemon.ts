import { hostname, tmpdir } from 'node:os';
import { connectDocker } from '../../src/docker/connect.js';
import { labelFilter } from '../../src/docker/labels.js';
import { createStack, type ContainerStack } from '../../src/stack/create-stack.js';
import { describeOwner } from '../../src/stack/owner.js';

export * from './scenarios.js';
export const daemon = await connectDocker(process.env);
export const { docker } = daemon;
export const owner = await describeOwner({ hostname: hostname(), pid: process.pid });

export function newStack(): ContainerStack {
  return createStack({ daemons: { baseline: daemon, candidate: daemon }, owner, folder: tmpdir() });
}

/** For after-hooks: a run that left something fails its test file. */
export async function assertNothingLeft(runId: string): Promise<void> {
  const left = await leftovers(runId);
  if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
}

/** Everything of a run that is still there. */
export async function leftovers(runId?: string): Promise<string[]> {
  const filters = JSON.stringify({ label: labelFilter(runId === undefined ? {} : { runId }) });
  const [containers, networks, { Volumes: volumes }, images] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters }),
  ]);
  return [
    ...containers.map(({ Names }) => Names[0] ?? ''),
    ...networks.map(({ Name }) => Name),
    ...(volumes ?? []).map(({ Name }) => Name),
    ...images.map(({ Id }) => Id),
  ];
}
