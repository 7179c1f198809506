import { closeSync, openSync, readSync } from 'node:fs';
import {
  kindOf,
  mainHeap,
  NO_BLOCKS,
  readSmaps,
  threadHeap,
  threadHeapsIn,
  together,
  unreadableHeap,
  walkHeap,
  type HeapBlocks,
  type HeapPlace,
  type MappedMemory,
} from '../explain/index.js';
import { LENS_PAGES } from '../lens/index.js';
import type { HeapUnread } from '../model/index.js';
import { hostFiles } from '../observe/index.js';

type Unread = Pick<HeapUnread, 'reason' | 'detail'>;

/** The memory of a process of this machine. */
export interface ProcessMemory {
  /** Kind or name of a mapping → bytes. */
  readonly mappings: ReadonlyMap<string, number>;
  /** The blocks of its heap, or why they were not read. */
  readonly heap: HeapBlocks | Unread;
}

/** A larger heap is not read: the copy would take memory from the services. */
const MOST_BYTES = 512 * 1024 ** 2;
const HEAP_INFO_BYTES = 32;
const PROGRAM_HEAD_BYTES = 64;

/**
 * Reads the memory of a process without stopping it; null if it has ended or is not for us to read. What the process
 * changes meanwhile may not fit together: then the heap is `not-consistent`, and can be read again.
 */
export function readProcessMemory(pid: number): ProcessMemory | null {
  const smaps = hostFiles.readText(`/proc/${pid}/smaps`);
  if (smaps === null || smaps === '') return null;
  const mapped = readSmaps(smaps);
  const unreadable = unreadableHeap(smaps, bytesOf(`/proc/${pid}/exe`, 0, PROGRAM_HEAD_BYTES) ?? Buffer.alloc(0));
  if (unreadable !== null) return { mappings: byKind(mapped, []), heap: unreadable };
  const memory = `/proc/${pid}/mem`;
  const threads = mapped.flatMap((mapping) =>
    threadHeapsIn(mapping).flatMap((from) => {
      const place = threadHeap(bytesOf(memory, from, HEAP_INFO_BYTES) ?? Buffer.alloc(0), from);
      return place === null ? [] : { from, place, end: mapping.to };
    }),
  );
  const main = mapped
    .filter(({ name }) => name === '[heap]')
    .map(({ from, to }) => ({ from, place: mainHeap(to - from), end: to }));
  const mappings = byKind(
    mapped,
    threads.map(({ from }) => from),
  );
  return { mappings, heap: heapOf(memory, [...main, ...threads]) };
}

interface Heap {
  /** Its address, and that of the end of its mapping. */
  readonly from: number;
  readonly end: number;
  readonly place: HeapPlace;
}

function heapOf(memory: string, heaps: readonly Heap[]): HeapBlocks | Unread {
  if (heaps.reduce((sum, { place }) => sum + place.size, 0) > MOST_BYTES) return { reason: 'too-large', detail: null };
  let all = NO_BLOCKS;
  for (const { from, end, place } of heaps) {
    // A heap that has grown since its mapping was read is read again.
    const bytes = from + place.size > end ? null : bytesOf(memory, from, place.size);
    const blocks = bytes === null ? null : walkHeap(bytes, place);
    if (blocks === null) return { reason: 'not-consistent', detail: null };
    all = together(all, blocks);
  }
  return all;
}

function byKind(mapped: readonly MappedMemory[], threadHeaps: readonly number[]): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  // What the profiler itself takes is not of the service.
  for (const mapping of mapped.filter(({ name }) => !name.startsWith(`${LENS_PAGES}/`))) {
    const kind = kindOf(mapping, threadHeaps);
    kinds.set(kind, (kinds.get(kind) ?? 0) + mapping.bytes);
  }
  return kinds;
}

/** Null if not all of it can be read. */
function bytesOf(path: string, from: number, length: number): Buffer | null {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const got = readSync(file, bytes, done, length - done, from + done);
      if (got === 0) return null;
      done += got;
    }
    return bytes;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}
