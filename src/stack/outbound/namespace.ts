import { getuid } from 'node:process';
import type { DockerConnection } from '../../docker/connect.js';
import { imageId } from '../../docker/images.js';
import { demultiplex } from '../../docker/logs.js';
import { run } from '../../compose/run.js';

/**
 * The output of a script in the network namespace of a process, or (`host`) in the one where the daemon makes its
 * bridges. Null if it could not be run, or failed.
 */
export type InNamespace = (where: number | 'host', script: string) => Promise<string | null>;

/** Any image with `chroot` works. This one is present wherever the scenarios of the package have run. */
const HELPER_IMAGE = 'debian:bookworm-slim';

/**
 * Runs shell scripts in the network namespace of a process on the daemon's host, with the host's own iptables: directly
 * if we are root there, otherwise through a short-lived container with the host's root folder and network.
 */
export function inNamespace(daemon: DockerConnection, labels: Readonly<Record<string, string>>): InNamespace {
  const entering = (where: number | 'host', script: string): string[] => [
    ...(where === 'host' ? [] : ['nsenter', '-t', String(where), '-n']),
    'sh',
    '-c',
    script,
  ];
  if (daemon.local && getuid?.() === 0)
    return async (where, script) => {
      const result = await run({ command: entering(where, script), env: daemon.env }).catch(() => null);
      return result?.code === 0 ? result.stdout : null;
    };
  return (where, script) => throughContainer(daemon, labels, entering(where, script)).catch(() => null);
}

async function throughContainer(
  { docker }: DockerConnection,
  labels: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<string | null> {
  if ((await imageId(docker, HELPER_IMAGE)) === null) return null;
  const container = await docker.createContainer({
    Image: HELPER_IMAGE,
    Cmd: ['chroot', '/host', ...command],
    Labels: { ...labels },
    HostConfig: { Privileged: true, PidMode: 'host', NetworkMode: 'host', Binds: ['/:/host:ro'] },
  });
  try {
    await container.start();
    const { StatusCode: code } = (await container.wait()) as { readonly StatusCode: number };
    const said = await container.logs({ stdout: true, stderr: false, follow: false });
    return code === 0 ? demultiplex(said) : null;
  } finally {
    await container.remove({ force: true });
  }
}
