/** Capabilities that Docker gives to every container. */
const BY_DEFAULT = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Capabilities that affect only the container's own processes, network, shared memory and limits. */
const WITHIN_THE_CONTAINER = ['IPC_LOCK', 'IPC_OWNER', 'LEASE', 'NET_ADMIN', 'NET_BROADCAST', 'SYS_NICE'];
const OF_ITS_PROCESSES = ['SYS_PTRACE', 'SYS_RESOURCE'];

const HARMLESS = new Set([...BY_DEFAULT, ...WITHIN_THE_CONTAINER, ...OF_ITS_PROCESSES]);

/** Whether a capability affects nothing outside of the container. All others are refused. */
export function isHarmlessCapability(name: string): boolean {
  return HARMLESS.has(name.toUpperCase().replace(/^CAP_/, ''));
}
