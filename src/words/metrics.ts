/** The name of each metric, for people. */
const METRIC_NAMES: Readonly<Record<string, string>> = {
  unreclaimable_bytes: 'unreclaimable memory',
  anon_bytes: 'anonymous memory',
  shmem_bytes: 'shared memory',
  file_bytes: 'page cache',
  kernel_bytes: 'kernel memory',
  kernel_unreclaimable_bytes: 'unreclaimable kernel memory',
  usage_bytes: 'total usage',
  working_set_bytes: 'working set',
  pids: 'processes',
  threads: 'threads',
  fds: 'open descriptors',
  sockets: 'sockets',
  live_bytes: 'live heap',
  cpu_ms: 'processor time',
  written_bytes: 'bytes written to disks',
  log_bytes: 'log',
};

/** `open descriptors`. A metric from another tool keeps its own name. */
export function metricName(metric: string): string {
  return METRIC_NAMES[metric] ?? metric.replaceAll('_', ' ');
}

export function isBytes(metric: string): boolean {
  return metric.endsWith('_bytes');
}
