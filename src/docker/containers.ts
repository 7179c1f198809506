import type Docker from 'dockerode';
import type { ContainerHandle } from '../model/index.js';
import { labelFilter, type ResourceOwner } from './labels.js';

export type Inspected = Docker.ContainerInspectInfo;

const SERVICE = 'com.docker.compose.service';
const NUMBER = 'com.docker.compose.container-number';

/**
 * Every container of a trial that Compose made, running or not, by service and number. Our helper containers have the
 * trial's labels too, and belong to no service. A container that was removed meanwhile is left out.
 */
export async function inspectAll(docker: Docker, ownedBy: ResourceOwner): Promise<Inspected[]> {
  const label = [...labelFilter(ownedBy), SERVICE];
  const listed = await docker.listContainers({ all: true, filters: JSON.stringify({ label }) });
  const inspected = await Promise.all(listed.map(({ Id }) => inspect(docker, Id)));
  return inspected.filter((one) => one !== null).sort((a, b) => handleOf(a).name.localeCompare(handleOf(b).name));
}

/** The daemon's description of a container; null if it is gone. */
export async function inspect(docker: Docker, id: string): Promise<Inspected | null> {
  try {
    return await docker.getContainer(id).inspect();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null;
    throw error;
  }
}

export function handleOf({ Id, Name, Config }: Inspected): ContainerHandle {
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    service: Config.Labels[SERVICE] ?? '',
    container: Number(Config.Labels[NUMBER] ?? 1),
  };
}

/** The port of the daemon's host on which a container port was published. */
export function publishedPort(
  containers: readonly Inspected[],
  { service, port }: { readonly service: string; readonly port: number },
): number | null {
  const own = containers.find((candidate) => handleOf(candidate).service === service);
  // If a container uses the network namespace of another one, the ports belong to the other one.
  const other = /^container:(.+)$/.exec(own?.HostConfig.NetworkMode ?? '')?.[1];
  const container = other === undefined ? own : containers.find(({ Id }) => Id === other);
  const bindings = container?.NetworkSettings.Ports[`${port}/tcp`] as
    readonly { readonly HostPort: string }[] | undefined;
  return bindings?.[0] === undefined ? null : Number(bindings[0].HostPort);
}
