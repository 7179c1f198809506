import type Docker from 'dockerode';
import { SlopegateError } from '../model/index.js';
import { findCompose } from '../compose/find-compose.js';
import type { DockerConnection } from './connect.js';
import { imageId } from './images.js';
import { reach } from './reach.js';

/** What a daemon and its host can do. The host is the daemon's host, which may be another machine. */
export interface DockerReport {
  /** Null if the daemon does not answer; `problem` then says why. */
  readonly daemon: DaemonFacts | null;
  /** Version of Compose v2; null if there is none. */
  readonly compose: string | null;
  /** Image → whether it is here. */
  readonly images: Readonly<Record<string, boolean>>;
  /** What is missing, each with a hint. */
  readonly problems: readonly SlopegateError[];
}

export interface DaemonFacts {
  /** `Podman Engine` if Podman answers with Docker's API. */
  readonly product: string;
  readonly engine: string;
  readonly api: string;
  readonly os: string;
  readonly kernel: string;
  readonly architecture: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly cgroupVersion: 1 | 2 | null;
  readonly cgroupDriver: string;
  readonly storageDriver: string;
  /** Whether memory and swap limits work. A limit that does not work would hide growth. */
  readonly memoryLimits: boolean;
  readonly swapLimits: boolean;
  readonly rootless: boolean;
}

/** Asks the daemon and Compose about themselves. Missing things are returned, never thrown. */
export async function inspectDocker(
  daemon: Pick<DockerConnection, 'docker' | 'host' | 'env'>,
  images: readonly string[] = [],
): Promise<DockerReport> {
  const { docker, env } = daemon;
  const problems: SlopegateError[] = [];
  const orProblem = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await work();
    } catch (error) {
      problems.push(
        error instanceof SlopegateError
          ? error
          : new SlopegateError('DOCKER_UNREACHABLE', 'The Docker daemon refused a question', { because: error }),
      );
      return null;
    }
  };
  const facts = await orProblem(async () => {
    await reach(daemon);
    return daemonFacts(docker);
  });
  const compose = await orProblem(() => findCompose(env));
  const present = await Promise.all(
    images.map(async (image) => [image, facts !== null && (await imageId(docker, image)) !== null] as const),
  );
  return { daemon: facts, compose: compose?.version ?? null, images: Object.fromEntries(present), problems };
}

async function daemonFacts(docker: Docker): Promise<DaemonFacts> {
  const [info, version] = await Promise.all([
    docker.info() as Promise<Readonly<Record<string, unknown>>>,
    docker.version(),
  ]);
  const cgroup = Number(info['CgroupVersion']);
  const security = (info['SecurityOptions'] ?? []) as readonly string[];
  const { Components: [component] = [] } = version as { readonly Components?: readonly { readonly Name?: string }[] };
  return {
    product: component?.Name ?? 'Engine',
    engine: version.Version,
    api: version.ApiVersion,
    os: text(info['OperatingSystem']),
    kernel: text(info['KernelVersion']),
    architecture: text(info['Architecture']),
    cpus: Number(info['NCPU']),
    memoryBytes: Number(info['MemTotal']),
    cgroupVersion: cgroup === 1 || cgroup === 2 ? cgroup : null,
    cgroupDriver: text(info['CgroupDriver']),
    storageDriver: text(info['Driver']),
    memoryLimits: info['MemoryLimit'] === true,
    swapLimits: info['SwapLimit'] === true,
    rootless: security.some((option) => option.includes('rootless')),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
