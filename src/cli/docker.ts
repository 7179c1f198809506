import { cpus, hostname, totalmem } from 'node:os';
import { readFile } from 'node:fs/promises';
import type { HostFacts } from '../model/index.js';
import { connectDocker, createStack, describeOwner, inspectDocker, type ContainerStack, type DockerConnection, type DockerReport } from '../stack/index.js';
import type { Context } from './context.js';
import { version } from './version.js';

export interface DockerSession extends DockerConnection {
  readonly stack: ContainerStack;
  /** @throws SlopegateError DOCKER_UNREACHABLE or COMPOSE_MISSING when this host can run nothing */
  readonly hostFacts: () => Promise<HostFacts>;
}

/** The daemon that the docker command would use, with everything a run needs of it. */
export async function openDocker(context: Context): Promise<DockerSession> {
  const connection = await connectDocker(context.env);
  const owner = await describeOwner({ hostname: hostname(), pid: context.pid });
  const stack = createStack({ docker: connection.docker, env: context.env, owner });
  return {
    ...connection,
    stack,
    hostFacts: async () => {
      const report = await inspectDocker({ docker: connection.docker, env: context.env });
      const [problem] = report.problems;
      if (problem) throw problem;
      return factsOf(report);
    },
  };
}

async function factsOf({ daemon, compose }: DockerReport): Promise<HostFacts> {
  return {
    os: daemon?.os ?? '',
    kernel: daemon?.kernel ?? '',
    architecture: daemon?.architecture ?? '',
    cpus: daemon?.cpus ?? cpus().length,
    cpuModel: cpus()[0]?.model ?? '',
    memoryBytes: daemon?.memoryBytes ?? totalmem(),
    swapBytes: await swapBytes(),
    cgroupVersion: daemon?.cgroupVersion ?? null,
    docker: daemon?.engine ?? '',
    dockerApi: daemon?.api ?? '',
    compose: compose ?? '',
    node: process.version,
    slopegate: version(),
  };
}

/** Swap of this host in bytes; 0 where there is no /proc. */
export async function swapBytes(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  return Number(/^SwapTotal:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}
