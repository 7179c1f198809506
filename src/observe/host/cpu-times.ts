/** Time of all processors since boot, in clock ticks, and how many there are. */
export interface CpuTimes {
  readonly all: number;
  /** Taken by other guests of the hypervisor. */
  readonly stolen: number;
  readonly cpus: number;
}

/** The first line of /proc/stat (time by kind; the eighth is stolen); null if it cannot be read. */
export function parseCpuTimes(text: string | null): CpuTimes | null {
  const times = /^cpu\s+(.*)$/m
    .exec(text ?? '')?.[1]
    ?.split(/\s+/)
    .slice(0, 8)
    .map(Number);
  if (times === undefined || times.length < 8) return null;
  return {
    all: times.reduce((sum, time) => sum + time, 0),
    stolen: times[7] ?? 0,
    cpus: [...(text ?? '').matchAll(/^cpu\d+ /gm)].length,
  };
}

/** The share (0…1) of the processors' time between two looks that was stolen; null if it is not known. */
export function stolenShare(before: CpuTimes | null, after: CpuTimes | null): number | null {
  const passed = before === null || after === null ? 0 : after.all - before.all;
  return before === null || after === null || passed <= 0
    ? null
    : Math.min(1, Math.max(0, (after.stolen - before.stolen) / passed));
}
