import type { Allowance } from '../model/index.js';
import type { ComposeMount } from '../compose/model.js';
import type { HostPath } from './host-path.js';

const SOCKET_FOLDERS = ['/', '/var', '/var/run', '/run'];
const SYSTEM = ['/bin', '/boot', '/etc', '/home', '/lib', '/root', '/sbin', '/usr', '/var/lib'];
const SYSTEM_TREES = ['/dev', '/proc', '/sys', '/var/lib/docker', '/var/lib/containerd'];
/** What belongs to a machine rather than to a stack. */
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
const ENGINE_SOCKET = /(?:docker|containerd|podman|crio)\.sock$/;

/**
 * Why a host path is neither shared nor copied, and what allows it all the same; null where nothing speaks against it.
 */
export function refusedMount(
  { type, source = '', target, read_only: readOnly }: ComposeMount,
  hostPaths: Readonly<Record<string, HostPath>>,
): { readonly what: string; readonly allow: Allowance } | null {
  if (type !== 'bind') return null;
  const place = source.length > 1 ? source.replace(/\/+$/, '') : source;
  if (ENGINE_SOCKET.test(place) || ENGINE_SOCKET.test(target) || SOCKET_FOLDERS.includes(place)) {
    return {
      what: `${source} gives the container the host's Docker daemon, and with it every other container`,
      allow: 'docker-socket',
    };
  }
  if (hostPaths[source]?.kind === 'socket')
    return { what: `${source} is a socket of a server on this host`, allow: 'host-system' };
  const system = SYSTEM.includes(place) || SYSTEM_TREES.some((tree) => place === tree || place.startsWith(`${tree}/`));
  return system && readOnly !== true
    ? { what: `${source} is a part of the host that the container could write to`, allow: 'host-system' }
    : null;
}

/** Whether a host path means the machine that the container runs on, whichever that is. */
export function isOfTheMachine(source: string): boolean {
  return OF_THE_MACHINE.some((tree) => source === tree || source.startsWith(`${tree}/`));
}
