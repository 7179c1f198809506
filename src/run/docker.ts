import { cpus, hostname, totalmem } from 'node:os';
import { distinct, type Daemons } from '../arms/index.js';
import { stateFolder } from '../calibration/store.js';
import { connectDocker, type DockerConnection } from '../docker/connect.js';
import { inspectDocker, type DockerReport } from '../docker/inspect-docker.js';
import { labelsOf } from '../docker/labels.js';
import type { ArmName, Context, HostFacts, HostWatch, Observer, Scenario } from '../model/index.js';
import { createHostWatch, createObserver } from '../observe/index.js';
import { createStack, describeOwner, formatOwner, type ContainerStack } from '../stack/index.js';
import { version } from './version.js';

/**
 * The daemons of a run, and what it does with them. Disposing it closes the connections; the containers are not
 * touched.
 */
export interface DockerSession extends AsyncDisposable {
  readonly daemons: Daemons;
  readonly stack: ContainerStack;
  readonly observer: Observer;
  readonly host: HostWatch;
  /** Slopegate's own folder on this machine. */
  readonly folder: string;
  /** Labels of what a run creates beside its arms. */
  readonly labelsOf: (runId: string) => Readonly<Record<string, string>>;
}

/** Connects to the daemon that the docker command would use, unless an arm names its own. */
export async function openDocker(
  context: Context,
  { arms, observe }: Pick<Scenario, 'arms' | 'observe'>,
): Promise<DockerSession> {
  const { env, pid, clock } = context;
  const folder = stateFolder(context);
  const named = (arm: ArmName): string | null => arms[arm].host ?? null;
  const baseline = await connectDocker(env, named('baseline'));
  const candidate =
    named('candidate') === named('baseline')
      ? baseline
      : await connectDocker(env, named('candidate')).catch(async (error: unknown) => {
          await baseline[Symbol.asyncDispose]();
          throw error;
        });
  const daemons = { baseline, candidate };
  const settings = sameSource(observe, baseline !== candidate);
  const observers = {
    baseline: createObserver({ docker: baseline.docker, ...settings }),
    candidate: createObserver({ docker: candidate.docker, ...settings }),
  };
  const owner = await describeOwner({ hostname: hostname(), pid });
  return {
    daemons,
    stack: createStack({ daemons, owner, folder }),
    labelsOf: (runId) => labelsOf({ runId }, formatOwner(owner)),
    folder,
    observer: { observe: (request) => observers[request.arm].observe(request) },
    host: createHostWatch({
      readHostFile: (arm, path) => daemons[arm].readHostFile(path),
      seconds: () => clock.seconds(),
    }),
    [Symbol.asyncDispose]: async () => {
      for (const daemon of distinct(daemons)) await daemon[Symbol.asyncDispose]();
    },
  };
}

/**
 * Two daemons are read in the one way that works with both, because the kernel's files and the stats API count
 * different things.
 */
export function sameSource(observe: Scenario['observe'], twoDaemons: boolean): Scenario['observe'] {
  return twoDaemons && (observe?.source ?? 'auto') === 'auto'
    ? { sidecar: false, ...observe, source: 'stats' }
    : observe;
}

/**
 * What is known about a daemon's host.
 * @throws SlopegateError DOCKER_UNREACHABLE or COMPOSE_MISSING if nothing can run there
 */
export async function hostFacts(daemon: DockerConnection): Promise<HostFacts> {
  const report = await inspectDocker(daemon);
  const [problem] = report.problems;
  if (problem) throw problem;
  return factsOf(report, daemon);
}

async function factsOf(
  { daemon, compose }: DockerReport,
  { local, readHostFile }: DockerConnection,
): Promise<HostFacts> {
  return {
    os: daemon?.os ?? '',
    kernel: daemon?.kernel ?? '',
    architecture: daemon?.architecture ?? '',
    cpus: daemon?.cpus ?? cpus().length,
    cpuModel:
      (local ? cpus()[0]?.model : /^model name\s*: (.*)$/m.exec((await readHostFile('/proc/cpuinfo')) ?? '')?.[1]) ??
      '',
    memoryBytes: daemon?.memoryBytes ?? totalmem(),
    swapBytes: await swapBytes({ readHostFile }),
    cgroupVersion: daemon?.cgroupVersion ?? null,
    docker: daemon?.engine ?? '',
    dockerApi: daemon?.api ?? '',
    storageDriver: daemon?.storageDriver ?? '',
    compose: compose ?? '',
    node: process.version,
    slopegate: version(),
  };
}

/** Swap of the daemon's host in bytes; null if it cannot be asked or has no /proc. */
export async function swapBytes({ readHostFile }: Pick<DockerConnection, 'readHostFile'>): Promise<number | null> {
  const text = await readHostFile('/proc/meminfo');
  return text === null ? null : Number(/^SwapTotal:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}
