import { SlopegateError } from '../model/index.js';
import { cgroupProbe } from './cgroup/cgroup-probe.js';
import type { CgroupLocation } from './cgroup/locate.js';
import { locateCgroup } from './cgroup/locate.js';
import { VERSION1_NOTES } from './cgroup/memory-version-1.js';
import type { ContainerClient, ContainerState } from './docker/client.js';
import { statsNotes } from './docker/parse-stats.js';
import { statsProbe } from './docker/stats-probe.js';
import type { KernelFiles } from './kernel-files.js';
import type { Probe, Sink } from './probe.js';
import type { Timers } from './ticker.js';

export type SourceName = 'cgroup' | 'docker-stats';

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
  readonly only: SourceName | null;
}

/** Cgroup files where those of every running container can be read here, else the daemon's stats API. */
export async function chooseSource({ client, files, timers, states, only }: SourceOptions): Promise<Source> {
  const running = [...states].filter(([, state]) => state.running);
  if (running.length === 0) throw new SlopegateError('OBSERVE_FAILED', 'There is no running container to watch.', { hint: 'See the containers\' logs for why they ended.' });
  const located = running.map(([id, { pid }]) => locateCgroup(files, id, pid)).filter((location) => location !== null);
  const [first] = located;
  if (first !== undefined && located.length === running.length && only !== 'docker-stats') return cgroupSource(files, first);
  if (only !== 'cgroup')
    return {
      name: 'docker-stats',
      notes: statsNotes(await client.cgroupVersion()),
      probe: (id, sink) => statsProbe(client, timers, id, sink),
    };
  throw new SlopegateError('OBSERVE_FAILED', 'The containers\' cgroup files cannot be read here.', {
    hint: 'The daemon runs on another host or in a virtual machine: leave the source to slopegate, which then asks the Docker stats API.',
  });
}

function cgroupSource(files: KernelFiles, { version, memory }: CgroupLocation): Source {
  const kernel = files.readText(`${memory}/memory.kmem.usage_in_bytes`) !== null;
  const kernelNotes = kernel ? VERSION1_NOTES : ['This kernel does not account kernel memory per cgroup: unreclaimable_bytes is without it.'];
  return {
    name: `cgroup${version}`,
    notes: version === 1 ? kernelNotes : [],
    probe: (id, sink) => cgroupProbe(files, id, sink),
  };
}
