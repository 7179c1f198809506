import { THREAD_HEAP_BYTES } from './heap.js';

/** A stretch of a process's memory. */
export interface MappedMemory {
  readonly from: number;
  readonly to: number;
  /** `rw-p` */
  readonly rights: string;
  /** `[heap]`, the path of a file, or empty. */
  readonly name: string;
  /** Its share of the memory that it uses, with what is swapped out. Of a file, only what was written to. Bytes. */
  readonly bytes: number;
}

const HEAD = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) [0-9a-f]+ \S+ \d+\s*(.*)$/;
const FIELD = /^(\w+):\s+(\d+) kB$/;
/** Files that are memory. */
const IN_MEMORY = /^\/(dev\/zero|dev\/shm\/|memfd:|SYSV)/;

/** The stretches of /proc/PID/smaps. An address has 47 bits, so a number can hold it. */
export function readSmaps(text: string): readonly MappedMemory[] {
  const found: (Omit<MappedMemory, 'bytes'> & { fields: Map<string, number> })[] = [];
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line);
    const field = FIELD.exec(line);
    if (head !== null) {
      const [, from = '', to = '', rights = '', name = ''] = head;
      found.push({ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), rights, name, fields: new Map() });
    } else if (field !== null) found.at(-1)?.fields.set(field[1] ?? '', 1024 * Number(field[2]));
  }
  const mapped = found.map(({ fields, ...mapping }) => {
    const sum = (...names: readonly string[]): number => names.reduce((all, name) => all + (fields.get(name) ?? 0), 0);
    return { ...mapping, bytes: isFile(mapping.name) ? sum('Private_Dirty', 'Swap') : sum('Pss', 'SwapPss') };
  });
  return joined(mapped);
}

/** In a fork the kernel shows what a heap has grown by since as a stretch of its own. */
function joined(mapped: readonly MappedMemory[]): readonly MappedMemory[] {
  const whole: MappedMemory[] = [];
  for (const one of mapped) {
    const last = whole.at(-1);
    const isMore = last?.to === one.from && last.name === one.name && last.rights === one.rights;
    if (isMore) whole[whole.length - 1] = { ...last, to: one.to, bytes: last.bytes + one.bytes };
    else whole.push(one);
  }
  return whole;
}

/** Where a heap of threads may begin in a stretch. */
export function threadHeapsIn({ from, to, rights, name }: MappedMemory): readonly number[] {
  if (name !== '' || rights !== 'rw-p') return [];
  const first = Math.ceil(from / THREAD_HEAP_BYTES) * THREAD_HEAP_BYTES;
  const places = Math.max(0, Math.ceil((to - first) / THREAD_HEAP_BYTES));
  return Array.from({ length: places }, (_, i) => first + i * THREAD_HEAP_BYTES);
}

/** @param threadHeaps where heaps of threads begin */
export function kindOf({ from, to, rights, name }: MappedMemory, threadHeaps: readonly number[]): string {
  if (name === '[heap]') return 'heap';
  if (name.startsWith('[stack')) return 'stack';
  if (rights.endsWith('s') && !isFile(name)) return 'shared';
  if (name !== '') return name;
  return threadHeaps.some((heap) => heap >= from && heap < to) ? 'thread-heaps' : 'anonymous';
}

function isFile(name: string): boolean {
  return name.startsWith('/') && !IN_MEMORY.test(name);
}
