import type { KernelFiles } from '../kernel-files.js';
import { present, type Sample } from '../sample.js';
import { rotatedSize } from '../rotated-size.js';
import type { CgroupLocation } from './locate.js';
import { parseKeyValues, parseNumber } from './parse.js';

/**
 * What one container has used up since it started, read once per second: processor time, bytes written to disks, and
 * the bytes of the log that Docker keeps of its output. None of these reads changes what the container uses.
 *
 * Version 1 does not know which container wrote what the kernel writes to the disk later. There, and where version 2
 * does not count, the processes are asked: each one knows what it wrote, and what its ended children wrote.
 */
export function usageReader(
  files: KernelFiles,
  { version, memory, cpu }: CgroupLocation,
  log: string | null,
): (pids: readonly number[]) => Sample {
  const counted = version === 2 && files.readText(`${memory}/io.stat`) !== null;
  const logged = rotatedSize();
  let written = 0;
  /** A process that has ended is missing until its parent has taken over its count. So the sum may not fall. */
  const writtenBy = (pids: readonly number[]): number | undefined => {
    const sum = writtenByProcesses(files, pids);
    return sum === undefined ? undefined : (written = Math.max(written, sum));
  };
  return (pids) =>
    present({
      cpu_ms: cpu === null ? undefined : readCpu(files, version, cpu),
      written_bytes: counted ? parseIoStat(files.readText(`${memory}/io.stat`)) : writtenBy(pids),
      log_bytes: log === null ? undefined : logged(files.size(log)),
    });
}

function readCpu(files: KernelFiles, version: 1 | 2, folder: string): number | undefined {
  if (version === 1) {
    const nanoseconds = parseNumber(files.readText(`${folder}/cpuacct.usage`));
    return nanoseconds === undefined ? undefined : Math.round(nanoseconds / 1e6);
  }
  const microseconds = parseKeyValues(files.readText(`${folder}/cpu.stat`) ?? '').get('usage_usec');
  return microseconds === undefined ? undefined : Math.round(microseconds / 1e3);
}

/** Written bytes of all devices: `254:0 rbytes=1 wbytes=2 …`. Before the first access the file is empty. */
export function parseIoStat(text: string | null): number | undefined {
  if (text === null) return undefined;
  return [...text.matchAll(/ wbytes=(\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

/** Undefined if a running process hides its count, because a part is not the sum, and if no count was read. */
function writtenByProcesses(files: KernelFiles, pids: readonly number[]): number | undefined {
  let sum: number | undefined;
  for (const pid of pids) {
    const bytes = /^write_bytes: (\d+)/m.exec(files.readText(`/proc/${pid}/io`) ?? '')?.[1];
    if (bytes !== undefined) sum = (sum ?? 0) + Number(bytes);
    else if (files.readText(`/proc/${pid}/stat`) !== null) return undefined;
  }
  return sum;
}
