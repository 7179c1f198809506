import { SlopegateError, type ObserveSource } from '../model/index.js';
import { cgroupProbe } from './cgroup/cgroup-probe.js';
import { locateCgroup, type CgroupLocation } from './cgroup/locate.js';
import { VERSION1_NOTES } from './cgroup/memory-version-1.js';
import type { ContainerClient, ContainerState } from './docker/client.js';
import { statsNotes } from './docker/parse-stats.js';
import { statsProbe } from './docker/stats-probe.js';
import type { KernelFiles } from './kernel-files.js';
import type { Probe, Sink } from './probe.js';
import { sidecarProbe } from './sidecar/sidecar-probe.js';
import type { Timers } from './ticker.js';
import { together } from './together.js';

/** Where the numbers of one observation come from; the same for all its containers, so that they can be compared. */
export interface Source {
  /** `cgroup1`, `cgroup2` or `docker-stats`. */
  readonly name: string;
  readonly notes: readonly string[];
  readonly probe: (containerId: string, sink: Sink) => Probe;
}

export interface SourceOptions {
  readonly client: ContainerClient;
  readonly files: KernelFiles;
  readonly timers: Timers;
  readonly states: ReadonlyMap<string, ContainerState>;
  readonly wanted: ObserveSource;
  readonly sidecar: boolean;
}

const NO_SIDECAR = "observe.sidecar: the kernel's files of this host tell all that a sidecar would; none was started.";

/** Cgroup files where those of every running container can be read here, else the daemon's stats API. */
export async function chooseSource({ client, files, timers, states, wanted, sidecar }: SourceOptions): Promise<Source> {
  const running = [...states].filter(([, state]) => state.running);
  if (running.length === 0)
    throw new SlopegateError('OBSERVE_FAILED', 'There is no running container to watch.', {
      hint: "See the containers' logs for why they ended.",
    });
  const located = running.map(([id, { pid }]) => locateCgroup(files, id, pid)).filter((location) => location !== null);
  const [first] = located;
  if (first !== undefined && located.length === running.length && wanted !== 'stats')
    return cgroupSource(files, first, sidecar);
  if (wanted !== 'cgroup') return statsSource(client, timers, await client.cgroupVersion(), sidecar);
  throw new SlopegateError('OBSERVE_FAILED', "The containers' cgroup files cannot be read here.", {
    hint: 'The daemon runs on another host or in a virtual machine: leave the source to slopegate, which then asks the Docker stats API.',
  });
}

function statsSource(client: ContainerClient, timers: Timers, version: 1 | 2, sidecar: boolean): Source {
  return {
    name: 'docker-stats',
    notes: statsNotes(version, sidecar),
    probe: (id, sink) => {
      const memory = statsProbe(client, timers, id, sink);
      return sidecar ? together([memory, sidecarProbe(client, timers, id, sink)]) : memory;
    },
  };
}

function cgroupSource(files: KernelFiles, { version, memory }: CgroupLocation, sidecar: boolean): Source {
  const kernel = files.readText(`${memory}/memory.kmem.usage_in_bytes`) !== null;
  const kernelNotes = kernel
    ? VERSION1_NOTES
    : ['This kernel does not account kernel memory per cgroup: unreclaimable_bytes is without it.'];
  return {
    name: `cgroup${version}`,
    notes: [...(version === 1 ? kernelNotes : []), ...(sidecar ? [NO_SIDECAR] : [])],
    probe: (id, sink) => cgroupProbe(files, id, sink),
  };
}
