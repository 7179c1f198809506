import type { ComposeResource } from '../compose/model.js';
import type { Objection } from '../model/index.js';

const NETWORK_TYPES = ['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ceph', 'glusterfs', '9p'];
const MEMORY_TYPES = ['tmpfs', 'ramfs'];
const OPTIONS = ['type', 'o', 'device', 'size'];

/** The host folder that a volume of the local driver stands for; null for any other volume. */
export function deviceOf({ driver_opts: options }: ComposeResource): string | null {
  const device = options?.['device'] ?? '';
  return device.startsWith('/') && (options?.['o'] ?? '').split(',').some((word) => word === 'bind' || word === 'rbind')
    ? device
    : null;
}

/**
 * The objections to a volume: both arms and production would write to it, and it cannot be copied. An empty volume,
 * memory, a host folder and an external volume have none: each arm has its own or a copy.
 */
export function objectionToVolume(volume: ComposeResource): Objection | null {
  const { external, driver = 'local', driver_opts: options = {} } = volume;
  if (external === true || deviceOf(volume) !== null) return null;
  if (driver !== 'local') return { code: 'volume-plugin', facts: { driver }, allow: 'network-storage' };
  const unknown = Object.keys(options).filter((key) => !OPTIONS.includes(key));
  if (unknown.length > 0)
    return { code: 'option-unknown', facts: { option: unknown.join(', ') }, allow: 'unknown-keys' };
  const type = options['type'] ?? '';
  if (NETWORK_TYPES.includes(type)) return { code: 'volume-on-network', facts: {}, allow: 'network-storage' };
  if (MEMORY_TYPES.includes(type) || (type === '' && options['device'] === undefined)) return null;
  return { code: 'volume-of-host', facts: { device: options['device'] ?? type, type }, allow: 'host-system' };
}
