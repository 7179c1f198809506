import { expect, test } from 'vitest';
import { unreadableHeap } from '../../src/explain/allocator.js';
import { kindOf, readSmaps, threadHeapsIn } from '../../src/explain/smaps.js';

const stretch = (head: string, fields: Readonly<Record<string, number>>): string =>
  [head, ...Object.entries(fields).map(([name, kb]) => `${`${name}:`.padEnd(16)}${kb} kB`), 'VmFlags: rd wr mr'].join(
    '\n',
  );
const USED = { Size: 400, Rss: 300, Pss: 100, Private_Dirty: 40, Swap: 20, SwapPss: 10 };
const SMAPS = [
  stretch('555500000000-555500064000 r-xp 00000000 fe:00 11 /usr/sbin/nginx', USED),
  stretch('555600000000-555600064000 rw-p 00000000 00:00 0  [heap]', USED),
  stretch('7f7000000000-7f7000021000 rw-p 00000000 00:00 0 ', USED),
  stretch('7f7000021000-7f7004000000 ---p 00000000 00:00 0 ', {}),
  stretch('7f8123400000-7f8123464000 rw-p 00000000 00:00 0 ', USED),
  stretch('7f8200000000-7f8200064000 rw-s 00000000 00:01 7 /dev/zero (deleted)', USED),
  stretch('7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0  [stack]', USED),
  stretch('7fff00000000-7fff00021000 rw-p 00000000 00:00 0  [anon:arena of ours]', USED),
].join('\n');

test('each stretch has its share of the memory; a file only what was written to', () => {
  const mapped = readSmaps(SMAPS);
  expect(mapped).toHaveLength(8);
  expect(mapped[0]).toMatchObject({ name: '/usr/sbin/nginx', rights: 'r-xp', bytes: 60 * 1024 });
  expect(mapped[1]).toMatchObject({ from: 0x555600000000, to: 0x555600064000, bytes: 110 * 1024 });
  expect(mapped[3]?.bytes).toBe(0);
  expect(mapped[5]?.bytes).toBe(110 * 1024);
});

test('the kind of each: the heap, heaps of threads, without a name, shared, stack, or its own name', () => {
  const mapped = readSmaps(SMAPS);
  const heaps = mapped.flatMap(threadHeapsIn);
  expect(heaps).toEqual([0x7f7000000000]);
  expect(mapped.map((one) => kindOf(one, heaps))).toEqual([
    '/usr/sbin/nginx',
    'heap',
    'thread-heaps',
    'anonymous',
    'anonymous',
    'shared',
    'stack',
    '[anon:arena of ours]',
  ]);
});

test('two heaps of threads may lie in one stretch', () => {
  const [one] = readSmaps(stretch('7f7003ff0000-7f7008021000 rw-p 00000000 00:00 0 ', USED));
  expect(threadHeapsIn(one!)).toEqual([0x7f7004000000, 0x7f7008000000]);
});

test('a heap that grew after a fork is one heap', () => {
  const grown = ['555600000000-555600064000', '555600064000-555600065000'].map((range) =>
    stretch(`${range} rw-p 00000000 00:00 0  [heap]`, USED),
  );
  expect(readSmaps(grown.join('\n'))).toMatchObject([
    { from: 0x555600000000, to: 0x555600065000, name: '[heap]', bytes: 220 * 1024 },
  ]);
});

test('which heaps can be read, and why others cannot', () => {
  const x86 = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, ...Array<number>(12).fill(0), 62, 0]);
  const line = (path: string): string => `7f00-7f10 r-xp 00000000 fe:00 11      ${path}\n`;
  const glibc = line('/usr/lib/x86_64-linux-gnu/libc.so.6');
  expect(unreadableHeap(glibc, x86)).toBeNull();
  expect(unreadableHeap(line('/lib/libc-2.31.so'), x86)).toBeNull();
  expect(unreadableHeap(line('/lib/ld-musl-x86_64.so.1'), x86)).toEqual({ reason: 'no-glibc', detail: null });
  expect(unreadableHeap(line('/app/server'), x86)?.reason).toBe('no-glibc');
  expect(unreadableHeap(glibc + line('/usr/lib/libjemalloc.so.2'), x86)).toEqual({
    reason: 'other-allocator',
    detail: 'jemalloc',
  });
  expect(unreadableHeap(glibc + line('/usr/lib/libtcmalloc_minimal.so.4.5.9'), x86)?.detail).toBe('tcmalloc_minimal');
  expect(unreadableHeap(glibc, Buffer.from(x86).fill(3, 18, 19))?.reason).toBe('other-machine');
  expect(unreadableHeap(glibc, Buffer.from(x86).fill(1, 4, 5))?.reason).toBe('other-machine');
  expect(unreadableHeap(glibc, Buffer.alloc(0))?.reason).toBe('other-machine');
});
