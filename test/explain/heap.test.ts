import { describe, expect, test } from 'vitest';
import { mainHeap, threadHeap, walkHeap } from '../../src/explain/heap.js';

const IN_USE = 1;
const MAPPED = 2;
const OF_THREADS = 4;
const MIB = 1024 ** 2;

interface Block {
  readonly size: number;
  readonly free?: boolean;
  readonly flags?: number;
}

/** A heap with these blocks and free memory at its end, as malloc lays it out. */
function heap(blocks: readonly Block[], { lead = 0, top = 4096, arena = 0 } = {}): Buffer {
  const bytes = Buffer.alloc(lead + blocks.reduce((sum, { size }) => sum + size, 0) + top);
  let at = lead;
  let before: Block | null = null;
  for (const block of [...blocks, { size: top, flags: 0 }]) {
    if (before?.free === true) bytes.writeBigUInt64LE(BigInt(before.size), at);
    const flags = block.flags ?? (block.free === true ? 0 : arena);
    bytes.writeBigUInt64LE(BigInt(block.size + flags + (before?.free === true ? 0 : IN_USE)), at + 8);
    at += block.size;
    before = block;
  }
  return bytes;
}

const walkMain = (bytes: Buffer) => walkHeap(bytes, mainHeap(bytes.length));
const many = (count: number, size: number): Block[] => Array.from({ length: count }, () => ({ size }));

describe('the heap of brk', () => {
  test('blocks in use by their size, and the bytes of free blocks between them', () => {
    const blocks = walkMain(heap([...many(3, 48), { size: 160, free: true }, ...many(2, 4112), ...many(1, 48)]));
    expect(blocks?.inUse).toEqual(
      new Map([
        [48, 4],
        [4112, 2],
      ]),
    );
    expect(blocks?.free).toBe(160);
  });

  test('a heap without a block, only with free memory', () => {
    expect(walkMain(heap([]))).toEqual({ inUse: new Map(), free: 0 });
  });

  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = heap([...many(3, 48), { size: 160, free: true }, ...many(80, 64)]);
    change(bytes);
    return bytes;
  };
  test.each<[string, (bytes: Buffer) => void]>([
    ['a size that leads out of the heap', (bytes) => bytes.writeBigUInt64LE(0xffff1n, 48 + 8)],
    ['a size that is too small', (bytes) => bytes.writeBigUInt64LE(17n, 48 + 8)],
    ['a size that no block has', (bytes) => bytes.writeBigUInt64LE(57n, 48 + 8)],
    ['a size of several gigabytes', (bytes) => bytes.writeBigUInt64LE(2n ** 33n + 49n, 48 + 8)],
    ['a free block whose end has another size', (bytes) => bytes.writeBigUInt64LE(176n, 144 + 160)],
    ['a block of a thread', (bytes) => bytes.writeBigUInt64LE(BigInt(48 + OF_THREADS + IN_USE), 48 + 8)],
    ['a block that is mapped alone', (bytes) => bytes.writeBigUInt64LE(BigInt(48 + MAPPED + IN_USE), 48 + 8)],
    ['free memory at the end behind a free block', (bytes) => bytes.writeBigUInt64LE(4096n, bytes.length - 4096 + 8)],
  ])('%s: nothing is said of it', (_, change) => {
    expect(walkMain(changed(() => {}))?.free).toBe(160);
    expect(walkMain(changed(change))).toBeNull();
  });

  test('zeros, and text, are no heap', () => {
    expect(walkMain(Buffer.alloc(8192))).toBeNull();
    expect(walkMain(Buffer.alloc(8192, 'slopegate '))).toBeNull();
    expect(walkMain(Buffer.alloc(0))).toBeNull();
  });
});

describe('a heap of threads', () => {
  const info = (arena: bigint, previous: bigint, size: bigint): Buffer => {
    const bytes = Buffer.alloc(48);
    [arena, previous, size].forEach((value, i) => bytes.writeBigUInt64LE(value, 8 * i));
    return bytes;
  };
  const base = BigInt(64 * MIB) * 0x1fe00n;

  const walked = (bytes: Buffer) => {
    const place = threadHeap(bytes, Number(base));
    return place === null ? null : walkHeap(bytes, place);
  };

  test.each([
    ['glibc 2.36', 48, 2256],
    ['glibc 2.31', 32, 2240],
  ])('its blocks have its flag, behind its head and its arena (%s)', (_, head, first) => {
    const threads = (arena: number): Buffer => {
      const bytes = heap([{ size: 656 }, ...many(7, 96)], { lead: first, arena });
      info(base + BigInt(head), 0n, BigInt(bytes.length)).copy(bytes);
      return bytes;
    };
    expect(walked(threads(OF_THREADS))?.inUse).toEqual(
      new Map([
        [656, 1],
        [96, 7],
      ]),
    );
    expect(walked(threads(0))).toBeNull();
  });

  test('a further heap of an arena has no arena; one that is full ends with two small blocks', () => {
    const bytes = heap([...many(7, 96), { size: 16, flags: 0 }], { lead: 48, top: 16, arena: OF_THREADS });
    bytes.writeBigUInt64LE(1n, bytes.length - 8);
    info(base - BigInt(64 * MIB) + 48n, base - BigInt(64 * MIB), BigInt(bytes.length)).copy(bytes);
    expect(walked(bytes)?.inUse).toEqual(new Map([[96, 7]]));
  });

  test('is known by its head', () => {
    expect(threadHeap(info(base + 48n, 0n, 135_168n), Number(base))?.size).toBe(135_168);
    expect(threadHeap(info(base + 32n, base, BigInt(64 * MIB)), 0)).toMatchObject({ size: 64 * MIB, starts: [32] });
    for (const other of [
      info(0n, 0n, 135_168n),
      info(base + 4096n, 0n, 135_168n),
      info(base + 48n, base + 8n, 135_168n),
      info(base + 48n, 0n, 0n),
      info(base + 48n, 0n, 135_169n),
      info(base + 48n, 0n, BigInt(65 * MIB)),
      Buffer.alloc(8),
    ])
      expect(threadHeap(other, Number(base))).toBeNull();
  });
});
