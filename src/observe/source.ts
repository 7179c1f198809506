import { SlopegateError, type ObserveSource, type RunNote } from '../model/index.js';
import { cgroupProbe } from './cgroup/cgroup-probe.js';
import { locateCgroup, type CgroupLocation } from './cgroup/locate.js';
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
  readonly notes: readonly RunNote[];
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
    return cgroupSource(files, first, {
      notes: hostNotes(files, running[0]?.[1].pid ?? 0),
      beside: sidecar && cannotList(files, running[0]?.[1].pid ?? 0) ? { client, timers } : null,
      sidecar,
      logOf: (id) => states.get(id)?.log ?? null,
    });
  if (wanted !== 'cgroup') return statsSource(client, timers, await client.cgroupVersion(), sidecar);
  throw new SlopegateError('OBSERVE_FAILED', "The containers' cgroup files cannot be read here.", {
    hint:
      'The daemon runs on another host or in a virtual machine: remove observe.source, then slopegate ' +
      'uses the Docker stats API.',
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

interface CgroupOptions {
  readonly notes: readonly RunNote[];
  /** Sidecars count what the files of this host keep from us; null if they keep nothing, or none is wanted. */
  readonly beside: Pick<SourceOptions, 'client' | 'timers'> | null;
  readonly sidecar: boolean;
  readonly logOf: (containerId: string) => string | null;
}

function cgroupSource(
  files: KernelFiles,
  { version, memory }: CgroupLocation,
  { notes, beside, sidecar, logOf }: CgroupOptions,
): Source {
  const kernel = files.readText(`${memory}/memory.kmem.usage_in_bytes`) !== null;
  const kernelNote = { code: kernel ? 'slab-not-separate' : 'kernel-memory-not-counted', facts: {} } as const;
  return {
    name: `cgroup${version}`,
    notes: [
      ...(version === 1 ? [kernelNote] : []),
      ...(sidecar && beside === null ? [{ code: 'sidecar-not-needed', facts: {} } as const] : []),
      ...(beside === null ? notes : notes.filter(({ code }) => code !== 'processes-closed')),
    ],
    probe: (id, sink) => {
      const own = cgroupProbe(files, id, logOf(id), sink);
      return beside === null ? own : together([own, sidecarProbe(beside.client, beside.timers, id, sink)]);
    },
  };
}

/** Whether a process keeps its descriptors from us. */
function cannotList(files: KernelFiles, pid: number): boolean {
  return files.list(`/proc/${pid}/fd`) === null;
}

/** What of this host a reader of the numbers must know. */
function hostNotes(files: KernelFiles, pid: number): readonly RunNote[] {
  const huge = files.readText('/sys/kernel/mm/transparent_hugepage/enabled')?.includes('[always]') === true;
  return [
    ...(cannotList(files, pid) ? [{ code: 'processes-closed', facts: {} } as const] : []),
    ...(huge ? [{ code: 'huge-pages', facts: {} } as const] : []),
  ];
}
