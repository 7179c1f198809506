import type { ArmName, HostLoad, HostMeter, HostWatch } from '../../model/index.js';
import { parseCpuTimes, stolenShare, type CpuTimes } from './cpu-times.js';

export interface HostWatchOptions {
  /** Text of a file of the arm's host; null if it cannot be read from here. */
  readonly readHostFile: (arm: ArmName, path: string) => Promise<string | null>;
  /** Seconds on a monotonic clock. */
  readonly seconds: () => number;
}

/** What a host has counted since it started. */
interface Totals {
  readonly seconds: number;
  /** Microseconds in which some process waited. */
  readonly waited: Readonly<Record<Waited, number | null>>;
  readonly cpu: CpuTimes | null;
}

const WAITED = ['cpu', 'memory', 'io'] as const;
type Waited = (typeof WAITED)[number];

/** Reads the kernel's pressure information (PSI) and the stolen processor time of each arm's host. */
export function createHostWatch({ readHostFile, seconds }: HostWatchOptions): HostWatch {
  return {
    open: async (arm): Promise<HostMeter> => {
      const read = (path: string): Promise<string | null> => readHostFile(arm, path).catch(() => null);
      const totals = async (): Promise<Totals> => {
        const [cpu, memory, io, stat] = await Promise.all([
          ...WAITED.map(async (what) => waitedMicroseconds(await read(`/proc/pressure/${what}`))),
          read('/proc/stat').then(parseCpuTimes),
        ] as const);
        return { seconds: seconds(), waited: { cpu, memory, io } as Totals['waited'], cpu: stat as CpuTimes | null };
      };
      let before = await totals();
      return {
        notes: before.waited.cpu === null ? [{ code: 'pressure-unknown', facts: {} }] : [],
        sample: async () => {
          const after = await totals();
          const load = loadBetween(before, after);
          before = after;
          return load;
        },
      };
    },
  };
}

function loadBetween(before: Totals, after: Totals): HostLoad {
  const passed = after.seconds - before.seconds;
  const share = (what: Waited): number | null => {
    const [from, to] = [before.waited[what], after.waited[what]];
    return from === null || to === null || passed <= 0 ? null : Math.min(1, Math.max(0, (to - from) / 1e6 / passed));
  };
  return { cpu: share('cpu'), memory: share('memory'), io: share('io'), stolen: stolenShare(before.cpu, after.cpu) };
}

/** `some … total=1234`: the time in which at least one process waited. */
export function waitedMicroseconds(text: string | null): number | null {
  const total = /^some .*\btotal=(\d+)/m.exec(text ?? '')?.[1];
  return total === undefined ? null : Number(total);
}
