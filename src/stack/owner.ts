import { readFile } from 'node:fs/promises';
import { kill } from 'node:process';

/** The process that a run lives and dies with. Boot and start are empty where the system has no /proc. */
export interface Owner {
  readonly hostname: string;
  readonly boot: string;
  readonly pid: number;
  /** When the process started, in clock ticks since boot: tells a reused process id. */
  readonly start: string;
}

/** Describes a process of this host, usually our own. */
export async function describeOwner({
  hostname,
  pid,
}: {
  readonly hostname: string;
  readonly pid: number;
}): Promise<Owner> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return { hostname, boot: boot.trim(), pid, start: await startOf(pid) };
}

/** Whether the owner has certainly ended; an owner on another host is taken to be alive. */
export async function hasEnded(owner: Owner, here: Owner): Promise<boolean> {
  if (owner.hostname !== here.hostname) return false;
  if (owner.boot !== here.boot) return true;
  return owner.start === '' ? !isRunning(owner.pid) : owner.start !== (await startOf(owner.pid));
}

export function formatOwner({ hostname, boot, pid, start }: Owner): string {
  return [hostname, boot, pid, start].join('/');
}

/** Reads what `formatOwner` wrote; null for anything else. */
export function parseOwner(text: string | undefined): Owner | null {
  const [hostname, boot, pid, start, ...rest] = (text ?? '').split('/');
  if (hostname === undefined || boot === undefined || start === undefined || rest.length > 0) return null;
  return { hostname, boot, pid: Number(pid), start };
}

/**
 * Field 22 of /proc/PID/stat, or nothing for a process that has ended; the command name before it may hold spaces and
 * brackets.
 */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

function isRunning(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
