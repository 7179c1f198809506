import type { KernelFiles } from '../kernel-files.js';
import { parseMountinfo, parseProcCgroup, type CgroupLine, type CgroupMount } from './parse.js';

/** Folders with one container's files. */
export interface CgroupLocation {
  readonly version: 1 | 2;
  readonly memory: string;
  /** Folder with pids.current; null if the pids controller is not mounted. */
  readonly pids: string | null;
  /** Folder with cpuacct.usage (version 1) or cpu.stat; null if it is not mounted. */
  readonly cpu: string | null;
}

/**
 * Finds a container's cgroup folders from the kernel's information about its main process. The path must contain the
 * container's id. If the daemon is in another pid namespace or on another host, the pid belongs to another process
 * here, or to none, and the result is null.
 */
export function locateCgroup(files: KernelFiles, containerId: string, pid: number): CgroupLocation | null {
  const lines = parseProcCgroup(files.readText(`/proc/${pid}/cgroup`) ?? '');
  const mounts = parseMountinfo(files.readText('/proc/self/mountinfo') ?? '');
  const version = lines.some(({ controllers }) => controllers.includes('memory')) ? 1 : 2;
  const memory = folderOf('memory', lines, mounts, containerId);
  if (memory === null || files.readText(`${memory}/memory.stat`) === null) return null;
  const pids = folderOf('pids', lines, mounts, containerId);
  return { version, memory, pids, cpu: folderOf('cpuacct', lines, mounts, containerId) };
}

function folderOf(
  controller: string,
  lines: readonly CgroupLine[],
  mounts: readonly CgroupMount[],
  containerId: string,
): string | null {
  const versionOne = lines.find(({ controllers }) => controllers.includes(controller));
  const path = cutAfter(
    (versionOne ?? lines.find(({ controllers }) => controllers.length === 0))?.path ?? '',
    containerId,
  );
  if (path === null) return null;
  for (const mount of mounts) {
    if (versionOne === undefined ? mount.version !== 2 : mount.version !== 1 || !mount.controllers.includes(controller))
      continue;
    const root = mount.root === '/' ? '' : mount.root;
    if (path.startsWith(`${root}/`)) return mount.mountPoint + path.slice(root.length);
  }
  return null;
}

/** The path up to the part that names the container. An init inside may have moved itself further down. */
function cutAfter(path: string, containerId: string): string | null {
  const segments = path.split('/');
  const own = segments.findIndex((segment) => segment.includes(containerId));
  return own < 0 || segments.includes('..') ? null : segments.slice(0, own + 1).join('/');
}
