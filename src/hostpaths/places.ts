import type { ComposeMount } from '../compose/model.js';
import type { Allowance, Objection } from '../model/index.js';
import { at, isWithin, normalPath, realOf, sourceOf, type HostPaths } from './host-path.js';

/** Folders through which the daemon's socket can be reached. */
const SOCKET_FOLDERS = ['/', '/var', '/var/run', '/run'];
const ENGINE_TREES = ['/run/docker', '/run/containerd', '/run/podman', '/run/crio'];
/** In these folders, an arm needs only the daemon's socket. */
const RUN_FOLDERS = ['/var/run', '/run'];
const ENGINE_SOCKET = /(?:docker|containerd|podman|crio)\.sock$/;
/** Folders that belong to the host's own processes. */
const HOST_TREES = ['/dev', '/proc', '/run', '/var/run', '/var/lib/docker', '/var/lib/containerd', '/var/lib/kubelet'];
const HOST_FOLDERS = ['/etc', '/home', '/root', '/var/lib'];
/** Folders that a container may read but not write to. */
const READABLE = ['/bin', '/boot', '/lib', '/lib64', '/sbin', '/usr'];
const READABLE_TREES = ['/sys'];
const PRIVATE = /^\/etc\/(?:g?shadow-?|sudoers)(?:$|\/|\.d)|\/\.(?:ssh|gnupg|aws|kube|docker)(?:$|\/)/;
const PLAIN_DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];
/** Files that belong to a machine and not to a stack. */
const OF_THE_MACHINE = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib',
  '/var/run',
];

/**
 * Why a host path is neither shared nor copied, and what would allow it; null if there is no reason. The real path
 * counts as much as the written one.
 */
export function objectionToMount(mount: ComposeMount, hostPaths: HostPaths): Objection | null {
  if (mount.type === 'npipe' || mount.type === 'cluster')
    return { code: 'mount-kind', facts: { type: mount.type }, allow: null };
  if (mount.type !== 'bind') return null;
  const source = sourceOf(mount);
  const places = [...new Set([normalPath(source), realOf(hostPaths, source)])];
  for (const place of places) {
    const objection = objectionToPlace(place, mount.read_only === true);
    if (objection !== null)
      return { ...objection, facts: { source, leadsTo: normalPath(source) === place ? null : place } };
  }
  if (ENGINE_SOCKET.test(mount.target)) return { ...ENGINE, facts: { source, leadsTo: null } };
  const { kind } = at(hostPaths, source);
  if (kind !== 'socket' && kind !== 'pipe' && kind !== 'device') return null;
  if (places.some((place) => PLAIN_DEVICES.includes(place))) return null;
  return kind === 'device'
    ? { code: 'device-of-host', facts: { device: source }, allow: 'devices' }
    : { code: 'mount-of-server', facts: { source, kind }, allow: 'host-system' };
}

/**
 * How a mount gives access to the daemon: as its socket, or as the folder of the socket. Null for every other mount:
 * nothing of the arm's own can replace a whole disk or the socket of another engine.
 */
export function daemonIn(mount: ComposeMount, hostPaths: HostPaths): 'socket' | 'folder' | null {
  if (mount.type !== 'bind') return null;
  const real = realOf(hostPaths, sourceOf(mount));
  if (RUN_FOLDERS.includes(real)) return 'folder';
  const isDockers = [real, mount.target].some((path) => path.endsWith('/docker.sock'));
  return isDockers && at(hostPaths, sourceOf(mount)).kind !== 'folder' ? 'socket' : null;
}

/** An objection to a place, whatever the path in the compose file that leads there. */
interface PlaceObjection {
  readonly code: 'mount-daemon' | 'mount-secrets' | 'mount-host-part' | 'mount-host-writable';
  readonly allow: Allowance;
}

const ENGINE: PlaceObjection = { code: 'mount-daemon', allow: 'docker-socket' };

function objectionToPlace(place: string, readOnly: boolean): PlaceObjection | null {
  if (PLAIN_DEVICES.includes(place)) return null;
  const within = (trees: readonly string[]): boolean => trees.some((tree) => isWithin(place, tree));
  if (SOCKET_FOLDERS.includes(place) || ENGINE_SOCKET.test(place) || within(ENGINE_TREES)) return ENGINE;
  if (PRIVATE.test(place)) return { code: 'mount-secrets', allow: 'host-system' };
  if (within(HOST_TREES) || HOST_FOLDERS.includes(place)) return { code: 'mount-host-part', allow: 'host-system' };
  if (!readOnly && (within(READABLE_TREES) || READABLE.includes(place)))
    return { code: 'mount-host-writable', allow: 'host-system' };
  return null;
}

/** Whether a host path means a part of the machine on which the container runs. */
export function isOfTheMachine(place: string): boolean {
  return OF_THE_MACHINE.some((tree) => isWithin(place, tree));
}

/** Whether the content of a path may be visited: it is not part of the running system, and not a whole disk. */
export function mayBeWalked(place: string): boolean {
  const whole = [...SOCKET_FOLDERS, ...HOST_FOLDERS, ...READABLE];
  return !whole.includes(place) && ![...HOST_TREES, ...READABLE_TREES].some((tree) => isWithin(place, tree));
}
