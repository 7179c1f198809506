import { namedUnit } from './units.js';

/**
 * The words in the name of a column, in lower case: `MemUsage` → mem, usage; `http_requests_total` → http,
 * requests, total.
 */
export function wordsOf(name: string): string[] {
  return name
    .replace(/%/g, ' percent ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** If a name contains one of these words, it does not mean the memory that a process holds now. */
const NOT_HELD = new Set(
  (
    'limit max maximum free available avail percent pct perc ratio vsz vms virt virtual vss swap cache cached file ' +
    'buffers ' +
    'slab kernel shared shr shmem peak hwm high watermark reserved request requests rate failcnt oom pgfault faults ' +
    'minflt ' +
    'majflt inactive active huge stack external arraybuffers array cpu net network io block disk rx tx objects ' +
    'count gc ' +
    'goroutines limitbytes restarts duration latency'
  ).split(' '),
);

/** Kinds of memory, the most useful for growth first. Memory that cannot be taken back comes first. */
const KINDS: readonly ((words: ReadonlySet<string>) => boolean)[] = [
  (words) => words.has('unreclaimable'),
  (words) => words.has('anon') || words.has('anonymous'),
  (words) => words.has('rss') || words.has('resident') || words.has('res'),
  (words) => words.has('uss') || words.has('private'),
  (words) => words.has('pss'),
  (words) => words.has('workingset') || words.has('wss') || (words.has('working') && words.has('set')),
  (words) => (words.has('mem') || words.has('memory')) && (words.has('used') || words.has('usage') || words.has('use')),
  (words) => words.has('usage') && words.size <= 2,
  (words) => (words.has('mem') || words.has('memory')) && !words.has('total'),
  (words) => words.has('heap') && (words.has('used') || words.has('inuse') || words.has('alloc') || words.has('size')),
  (words) => words.has('heap') && !words.has('total'),
];

/** The rank of a name that means memory, 0 for the most useful; null for any other name. */
export function memoryRank(name: string): number | null {
  // In `MEM USAGE / LIMIT` of docker stats the first part is meant.
  const words = new Set(wordsOf(namedUnit(name.replace(/\/\s*limit$/i, '')).base));
  words.delete('bytes');
  if ([...words].some((word) => NOT_HELD.has(word))) return null;
  const rank = KINDS.findIndex((says) => says(words));
  return rank < 0 ? null : rank;
}

/** Names in exporters and tools → our names. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['container_memory_rss', 'anon_bytes'],
  ['container_memory_working_set', 'working_set_bytes'],
  ['container_memory_usage', 'usage_bytes'],
  ['container_memory_cache', 'file_bytes'],
  ['container_memory_kernel_usage', 'kernel_bytes'],
  ['container_processes', 'pids'],
]);

/** Names with which descriptors, threads and sockets are counted. */
const COUNTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fds:
      'fds fd fd_count fds_count num_fds num_fd nr_fds open_fds open_fd fd_nr file_descriptors open_files ' +
      'open_file_descriptors',
    threads: 'threads thread thread_count threads_count num_threads nr_threads n_threads nlwp',
    sockets: 'sockets socket_count sockets_count num_sockets open_sockets',
    pids: 'pids',
  }).flatMap(([ours, names]) =>
    names.split(' ').flatMap((name) => ['', 'process_', 'container_'].map((kind) => [`${kind}${name}`, ours] as const)),
  ),
);

/** Metrics that are counts and not bytes; they have their own margins. */
export const COUNTS: ReadonlySet<string> = new Set(['fds', 'threads', 'sockets']);

/**
 * The name with which a column is judged: our name if there is one, otherwise its own name in small letters. `_bytes`
 * at the end means that its unit is known.
 */
export function metricName(heading: string, unitKnown: boolean): string {
  const { base, unit } = namedUnit(heading.replace(/\s*\/\s*limit$/i, ''));
  const words = wordsOf(base).join('_');
  const plain = /^\d+$/.test(words) ? `column_${words}` : words;
  const counted = COUNTED.get(plain);
  if (counted !== undefined) return counted;
  const known = SAME_AS.get(plain);
  if (known !== undefined) return known;
  return (unit !== null || unitKnown) && plain !== '' ? `${plain}_bytes` : plain || heading;
}
