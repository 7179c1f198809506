import type { ArmName } from './arm.js';
import type { RunNote } from './note.js';

/**
 * How busy the host of an arm was during a stretch of time, as shares of that time (0…1); null for what the host does
 * not tell. `cpu`, `memory` and `io`: some process was ready to run and had to wait for it (the kernel's pressure
 * information). `stolen`: processor time that other guests of the hypervisor took.
 */
export interface HostLoad {
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly io: number | null;
  readonly stolen: number | null;
}
export const HOST_LOADS = ['cpu', 'memory', 'io', 'stolen'] as const satisfies readonly (keyof HostLoad)[];

/** The load of the `seconds` before `time` (since the trial began). */
export interface HostSample extends HostLoad {
  readonly time: number;
  readonly seconds: number;
}

/**
 * Why a complete trial does not count. `disturbed`: both arms of its pair ran late. The numbers say how late this trial
 * was (as a share of its schedule) and how busy its host was. `interrupted`: the run ended before the other arm had
 * run, and was resumed.
 */
export type SetAside =
  { readonly code: 'disturbed'; readonly lateness: number; readonly host: HostLoad } | { readonly code: 'interrupted' };

/** Asks one host repeatedly. */
export interface HostMeter {
  /** What this host cannot tell. */
  readonly notes: readonly RunNote[];
  /** The load since the last call, or since the meter was opened. */
  sample(): Promise<HostLoad>;
}

/** Port: how busy the host of each arm is. */
export interface HostWatch {
  open(arm: ArmName): Promise<HostMeter>;
}

/** Means over stretches of different length; null if no stretch has a value. */
export function meanLoad(samples: readonly (HostLoad & { readonly seconds: number })[]): HostLoad {
  const meanOf = (what: keyof HostLoad): number | null => {
    let [sum, seconds] = [0, 0];
    for (const sample of samples) {
      const share = sample[what];
      if (share === null) continue;
      sum += share * sample.seconds;
      seconds += sample.seconds;
    }
    return seconds > 0 ? sum / seconds : null;
  };
  return { cpu: meanOf('cpu'), memory: meanOf('memory'), io: meanOf('io'), stolen: meanOf('stolen') };
}
