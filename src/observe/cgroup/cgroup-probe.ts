import type { KernelFiles } from '../kernel-files.js';
import type { Probe, Sink } from '../probe.js';
import { locateCgroup, type CgroupLocation } from './locate.js';
import { parseProcessStat } from './parse.js';
import { readMemory, readOomKills, readOomKillsAround } from './read-memory.js';
import { processReader } from './read-processes.js';
import { usageReader } from './read-usage.js';
import { describeReplacements, replacementDetector } from './replaced-processes.js';

interface Attached {
  readonly location: CgroupLocation;
  readonly mainPid: number;
  readonly readProcesses: ReturnType<typeof processReader>;
  readonly readUsage: ReturnType<typeof usageReader>;
  readonly replaced: ReturnType<typeof replacementDetector>;
  oomKills: number;
  /** Of this container and its neighbours. */
  oomKillsAround: number | null;
}

/** The kernel's SIGKILL, which looks like any other. */
const KILLED = 137;

/**
 * Reads a container's cgroup files: memory at every tick; processes, out-of-memory kills and what it uses up once per
 * second.
 * @param log the file in which Docker keeps the container's output; null if there is none here
 */
export function cgroupProbe(files: KernelFiles, containerId: string, log: string | null, sink: Sink): Probe {
  let attached: Attached | null = null;
  const detach = (): void => void (attached = null);

  const up = (pid: number): boolean => {
    const location = locateCgroup(files, containerId, pid);
    attached = location === null ? null : attach(files, location, pid, log);
    return attached !== null;
  };

  const tick = (second: number, first: boolean): void => {
    const memory = attached && readMemory(files, attached.location);
    if (attached === null || memory === null) return detach();
    const processes = first ? attached.readProcesses(second) : null;
    if (processes !== null && processes.pids.length > 0) {
      // The next start of the container may use the same folder. If its main process is missing, these numbers are not
      // ours.
      if (!processes.pids.includes(attached.mainPid)) return detach();
      const replacements = attached.replaced(processes.pids, second);
      if (replacements.length > 0) sink.event('process-replaced', describeReplacements(replacements));
    }
    if (first) {
      reportOomKills(files, attached, sink);
      attached.oomKillsAround = readOomKillsAround(files, attached.location);
    }
    sink.add({ ...memory, ...processes?.sample, ...(processes && attached.readUsage(processes.pids)) });
  };

  // The daemon sometimes misses the kill of a main process. The process's own cgroup is gone by then, but the folder
  // around it counts the kill.
  const down = (exitCode: number | null): void => {
    if (exitCode === KILLED && attached !== null && attached.oomKillsAround !== null) {
      const now = readOomKillsAround(files, attached.location) ?? 0;
      if (now > attached.oomKillsAround)
        sink.event(
          'oom-kill',
          'the kernel killed its main process because memory ran out, as the cgroup around it counted',
        );
    }
    detach();
  };

  return { up, ready: async () => undefined, down, tick, close: async () => detach() };
}

function attach(files: KernelFiles, location: CgroupLocation, mainPid: number, log: string | null): Attached {
  return {
    location,
    mainPid,
    readProcesses: processReader(files, location),
    readUsage: usageReader(files, location, log),
    replaced: replacementDetector((pid) => parseProcessStat(files.readText(`/proc/${pid}/stat`) ?? '')),
    oomKills: readOomKills(files, location) ?? 0,
    oomKillsAround: readOomKillsAround(files, location),
  };
}

function reportOomKills(files: KernelFiles, attached: Attached, sink: Sink): void {
  const kills = readOomKills(files, attached.location);
  if (kills === null || kills <= attached.oomKills) return;
  sink.event(
    'oom-kill',
    `the kernel killed ${kills - attached.oomKills} process(es) because memory ran out (oom_kill ` +
      `${attached.oomKills} → ${kills})`,
  );
  attached.oomKills = kills;
}
