import { readFile } from 'node:fs/promises';
import { hostname, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';

/** What `docker info` says about the machine of a daemon. */
export interface DaemonIdentity {
  readonly ID?: string;
  readonly Name?: string;
  readonly KernelVersion?: string;
  readonly MemTotal?: number;
  readonly OperatingSystem?: string;
  readonly DockerRootDir?: string;
}

/** The same for this machine. */
export interface OwnIdentity {
  readonly platform: string;
  readonly hostname: string;
  readonly kernel: string;
  readonly memoryBytes: number;
  /** The id that a daemon of this machine stores in its folder; null if there is none or it cannot be read. */
  readonly engineId: (folder: string) => Promise<string | null>;
}

const OWN: OwnIdentity = {
  platform: platform(),
  hostname: hostname(),
  kernel: release(),
  memoryBytes: totalmem(),
  engineId: async (folder) => (await readFile(join(folder, 'engine-id'), 'utf8').catch(() => null))?.trim() ?? null,
};

const ANSWER_WITHIN_MS = 5_000;

/**
 * The name of the daemon's machine if that is another machine although its API seems to be here, as with `ssh -L`. Null
 * if it runs on this machine or does not answer.
 */
export async function otherMachineOf(docker: Docker, own: OwnIdentity = OWN): Promise<string | null> {
  const silent = new Promise<null>((resolve) => void setTimeout(resolve, ANSWER_WITHIN_MS, null).unref());
  const info = (await Promise.race([docker.info().catch(() => null), silent])) as DaemonIdentity | null;
  return info === null || (await isSame(info, own)) ? null : (info.Name ?? 'unknown');
}

/** Docker Desktop runs in its own virtual machine, and makes files and ports available on this one. */
async function isSame(daemon: DaemonIdentity, own: OwnIdentity): Promise<boolean> {
  if (own.platform !== 'linux' || daemon.OperatingSystem === 'Docker Desktop') return true;
  const engineId = daemon.DockerRootDir === undefined ? null : await own.engineId(daemon.DockerRootDir);
  if (engineId !== null && engineId !== '') return engineId === daemon.ID;
  return daemon.Name === own.hostname && daemon.KernelVersion === own.kernel && daemon.MemTotal === own.memoryBytes;
}
