/**
 * The heap of glibc's malloc, read from outside. The layout is that of `malloc/malloc.c` ("struct malloc_chunk") and
 * `malloc/arena.c` ("struct heap_info") of glibc 2.26 and newer on 64-bit machines. Each block ("chunk") begins with
 * 16 bytes: the size of the block before it, if that one is free, and its own size with three flags.
 */
const HEADER = 16;
const SMALLEST = 32;
const ALIGNED = 16;
const FLAGS = 7;
const PREVIOUS_IN_USE = 1;
const MAPPED_ALONE = 2;
const OF_THREADS = 4;
/** What ends a heap of threads that is full: a block of 16 bytes, and one of 0. */
const FENCE = 16;
/** The heaps of threads begin at multiples of this, `HEAP_MAX_SIZE`. */
export const THREAD_HEAP_BYTES = 64 * 1024 ** 2;
/** Bytes of a heap_info: before glibc 2.35, and since. In the first heap of an arena, the arena stands behind it. */
const HEAP_INFO = [32, 48];
/** Bytes of an arena, at least and at most. It has 2,200 in glibc 2.27 to 2.41; its first block is larger than 400. */
const ARENA = { least: 2048, most: 2400 };

/** What a heap, or several, hold. */
export interface HeapBlocks {
  /** Size of blocks with their header, bytes → how many are in use. What malloc keeps in its caches looks in use. */
  readonly inUse: ReadonlyMap<number, number>;
  /** Bytes of free blocks between those in use. The free memory at the end of the heap is not one of them. */
  readonly free: number;
}

export const NO_BLOCKS: HeapBlocks = { inUse: new Map(), free: 0 };

/** The blocks of both. */
export function together(one: HeapBlocks, other: HeapBlocks): HeapBlocks {
  const inUse = new Map(one.inUse);
  for (const [size, count] of other.inUse) inUse.set(size, (inUse.get(size) ?? 0) + count);
  return { inUse, free: one.free + other.free };
}

/** Where the blocks of a heap are. */
export interface HeapPlace {
  /** Bytes of the whole heap. */
  readonly size: number;
  /** Where its first block may begin. */
  readonly starts: readonly number[];
  readonly ofThreads: boolean;
}

/** The heap of brk, the mapping `[heap]`. */
export function mainHeap(size: number): HeapPlace {
  return { size, starts: [0], ofThreads: false };
}

/**
 * A heap of threads, from its heap_info.
 * @param head its first 32 bytes
 * @param from its address
 * @returns null if a heap of threads does not begin like this
 */
export function threadHeap(head: Buffer, from: number): HeapPlace | null {
  if (head.length < 2 * HEADER) return null;
  const [arena = 0n, previous = 0n, size = 0n] = [0, 8, 16].map((at) => head.readBigUInt64LE(at));
  const info = Number(arena % BigInt(THREAD_HEAP_BYTES));
  const isPossible =
    HEAP_INFO.includes(info) &&
    previous % BigInt(THREAD_HEAP_BYTES) === 0n &&
    size > 0n &&
    size % BigInt(ALIGNED) === 0n &&
    size <= BigInt(THREAD_HEAP_BYTES);
  if (!isPossible) return null;
  const isFirst = arena - BigInt(info) === BigInt(from);
  const behindArena = Array.from({ length: (ARENA.most - ARENA.least) / ALIGNED }, (_, i) => i * ALIGNED);
  const starts = isFirst ? behindArena.map((more) => info + ARENA.least + more) : [info];
  return { size: Number(size), starts, ofThreads: true };
}

/**
 * The blocks of a heap.
 * @param bytes the whole heap. It was read while the process ran, so it may not fit together
 * @returns null if a header does not fit to the next one: it is no such heap, or it was changed while it was read
 */
export function walkHeap(bytes: Buffer, { starts, ofThreads }: HeapPlace): HeapBlocks | null {
  for (const first of starts) {
    const blocks = walkFrom(bytes, first, ofThreads ? OF_THREADS : 0);
    if (blocks !== null) return blocks;
  }
  return null;
}

function walkFrom(bytes: Buffer, first: number, arenaFlag: number): HeapBlocks | null {
  const inUse = new Map<number, number>();
  let free = 0;
  let at = first;
  let size = sizeAt(bytes, at);
  if (size === null) return null;
  for (;;) {
    const flags = flagsAt(bytes, at);
    if (size === FENCE) return at > first && at + 2 * HEADER === bytes.length ? { inUse, free } : null;
    const next = at + size;
    if (size < SMALLEST || (flags & MAPPED_ALONE) !== 0) return null;
    // The last block is the free memory at the end.
    if (next === bytes.length) return (flags & PREVIOUS_IN_USE) === 0 ? null : { inUse, free };
    const nextSize = sizeAt(bytes, next);
    if (nextSize === null) return null;
    if ((flagsAt(bytes, next) & PREVIOUS_IN_USE) !== 0) {
      if ((flags & OF_THREADS) !== arenaFlag) return null;
      inUse.set(size, (inUse.get(size) ?? 0) + 1);
    } else {
      // Two free blocks are never neighbours, and the size of a free one stands at its end, too.
      const isFree = (flags & PREVIOUS_IN_USE) !== 0 && bytes.readBigUInt64LE(next) === BigInt(size);
      if (!isFree) return null;
      free += size;
    }
    at = next;
    size = nextSize;
  }
}

/** The size in a header; null outside of the heap, or if no block has such a size. */
function sizeAt(bytes: Buffer, at: number): number | null {
  if (at + HEADER > bytes.length || bytes.readUInt32LE(at + 12) !== 0) return null;
  const size = (bytes.readUInt32LE(at + 8) & ~FLAGS) >>> 0;
  return size % ALIGNED === 0 ? size : null;
}

function flagsAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 8) & FLAGS;
}
