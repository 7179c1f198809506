import { readFile, readlink } from 'node:fs/promises';
import { kill } from 'node:process';

/** The process to which a run belongs. Values from /proc are empty if the system has no /proc. */
export interface Owner {
  readonly hostname: string;
  readonly boot: string;
  /** The pid namespace of `pid`. CI containers share a host name and a boot, but not their processes. */
  readonly namespace: string;
  readonly pid: number;
  /** When the process started, in clock ticks since boot. It distinguishes processes with the same id. */
  readonly start: string;
}

/** `unknown`: it is not visible from here, because it is on another host or in another pid namespace. */
export type OwnerState = 'alive' | 'ended' | 'unknown';

/** Describes a process of this host, usually our own. */
export async function describeOwner({
  hostname,
  pid,
}: {
  readonly hostname: string;
  readonly pid: number;
}): Promise<Owner> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return { hostname, boot: boot.trim(), namespace: /\d+/.exec(namespace)?.[0] ?? '', pid, start: await startOf(pid) };
}

/**
 * Whether the owner's process still runs, as far as this is visible from here.
 * @param local whether the daemon runs on this machine: then leftovers of an earlier boot are dead
 */
export async function stateOf(owner: Owner, here: Owner, local: boolean): Promise<OwnerState> {
  if (owner.hostname !== here.hostname) return 'unknown';
  if (owner.boot !== here.boot) return local ? 'ended' : 'unknown';
  if (owner.namespace !== here.namespace) return 'unknown';
  const ended = owner.start === '' ? !isRunning(owner.pid) : owner.start !== (await startOf(owner.pid));
  return ended ? 'ended' : 'alive';
}

/** An owner on one line, for a label. */
export function formatOwner({ hostname, boot, namespace, pid, start }: Owner): string {
  return [hostname, boot, namespace, pid, start].join('/');
}

/** Reads what `formatOwner` wrote; null for anything else. */
export function parseOwner(text: string | undefined): Owner | null {
  const [hostname, boot, namespace, pid, start, ...rest] = (text ?? '').split('/');
  if (hostname === undefined || boot === undefined || namespace === undefined || start === undefined) return null;
  return rest.length > 0 ? null : { hostname, boot, namespace, pid: Number(pid), start };
}

/**
 * Field 22 of /proc/PID/stat; nothing for a process that has ended. The command name before it may contain spaces and
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
