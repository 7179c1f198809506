import { statfs } from 'node:fs/promises';
import type { DockerConnection } from '../docker/connect.js';
import type { Clock } from '../model/index.js';
import { createHostWatch, parseCpuTimes } from '../observe/index.js';

/** How busy and how full the daemon's host is; null for what cannot be asked. */
export interface HostState {
  readonly cpus: number;
  /** Processes that ran or waited to run, on average over the last minute. */
  readonly load: number | null;
  /** Share of the time (0…1) in which some process waited for a CPU just now. */
  readonly waiting: number | null;
  /** Share of its CPU time (0…1) that other guests of the hypervisor took just now. */
  readonly stolen: number | null;
  readonly availableBytes: number | null;
  /** Free bytes on the disk where run directories are made. */
  readonly diskFreeBytes: number | null;
  /** Containers that run and are not our own. */
  readonly otherContainers: number | null;
}

/** One thing about the host that may disturb a run. */
export interface HostRemark {
  readonly name: 'host load' | 'cpu pressure' | 'stolen cpu' | 'free memory' | 'free disk' | 'other containers';
  readonly detail: string;
  /** Null if nothing is wrong. */
  readonly hint: string | null;
}

const WATCH_SECONDS = 1;
/** Above this share of the processors, pairs begin to run late. */
const BUSY_SHARE = 0.7;
const MUCH_WAITING = 0.5;
const MUCH_STOLEN = 0.05;
const LITTLE_MEMORY = 2 ** 30;
const LITTLE_DISK = 2 ** 29;

/** Asks the daemon's host about its state; takes a second. */
export async function hostState(
  daemon: Pick<DockerConnection, 'docker' | 'readHostFile'>,
  folder: string,
  { sleep, seconds }: Pick<Clock, 'sleep' | 'seconds'>,
  signal: AbortSignal,
): Promise<HostState> {
  const { docker, readHostFile } = daemon;
  const meter = await createHostWatch({ readHostFile: (_, path) => readHostFile(path), seconds }).open('baseline');
  await sleep(WATCH_SECONDS, signal);
  const { cpu: waiting, stolen } = await meter.sample();
  const times = parseCpuTimes(await readHostFile('/proc/stat'));
  const load = await readHostFile('/proc/loadavg');
  const memory = /^MemAvailable:\s+(\d+) kB$/m.exec((await readHostFile('/proc/meminfo')) ?? '')?.[1];
  const running = await docker.listContainers().catch(() => null);
  const disk = await statfs(folder).catch(() => null);
  return {
    cpus: times?.cpus ?? 1,
    load: load === null ? null : Number(load.split(' ')[0]),
    waiting,
    stolen,
    availableBytes: memory === undefined ? null : Number(memory) * 1024,
    diskFreeBytes: disk === null ? null : disk.bavail * disk.bsize,
    otherContainers: running?.filter(({ Labels }) => Labels['io.slopegate'] === undefined).length ?? null,
  };
}

/** What is known about the host, each with a hint if it would disturb a run. */
export function remarksOf(state: HostState): readonly HostRemark[] {
  const { cpus, load, waiting, stolen, availableBytes, diskFreeBytes, otherContainers } = state;
  const remarks: HostRemark[] = [];
  if (load !== null)
    remarks.push({
      name: 'host load',
      detail: `${load} on ${cpus} CPUs`,
      hint:
        load > BUSY_SHARE * cpus
          ? 'the host is busy: pairs may run late and must then be repeated, which takes longer'
          : null,
    });
  if (waiting !== null)
    remarks.push({
      name: 'cpu pressure',
      detail: `processes waited for a CPU ${(100 * waiting).toFixed(0)} % of the time`,
      hint: waiting > MUCH_WAITING ? 'the CPUs are short just now: pairs may run late and be repeated' : null,
    });
  if (stolen !== null)
    remarks.push({
      name: 'stolen cpu',
      detail: `${(100 * stolen).toFixed(1)} %`,
      hint: stolen > MUCH_STOLEN ? 'other virtual machines take CPU time: pairs may run late' : null,
    });
  if (availableBytes !== null)
    remarks.push({
      name: 'free memory',
      detail: `${(availableBytes / 2 ** 30).toFixed(1)} GiB`,
      hint: availableBytes < LITTLE_MEMORY ? 'little memory is free: keep stack.limits.memory small' : null,
    });
  if (diskFreeBytes !== null)
    remarks.push({
      name: 'free disk',
      detail: `${(diskFreeBytes / 2 ** 30).toFixed(1)} GiB`,
      hint:
        diskFreeBytes < LITTLE_DISK ? 'little disk space is left for the run directory: free some, or use --out' : null,
    });
  if (otherContainers !== null && otherContainers > 0)
    remarks.push({
      name: 'other containers',
      detail: `${otherContainers} of others run here`,
      hint: null,
    });
  return remarks;
}
