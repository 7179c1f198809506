import { describe, expect, it } from 'vitest';
import { liveHeap, unused } from '../../src/lens/live-heap.js';
import { emptied, question, readPage, type Page } from '../../src/lens/page.js';
import { counters, reading, type Counted } from './counters.js';

const page = (processes: readonly Counted[], options: Parameters<typeof counters>[1] = {}): Page =>
  readPage(reading(counters(processes, options)))!;
const alive =
  (...pids: number[]) =>
  (pid: number): boolean =>
    pids.includes(pid);

describe('a file of counters', () => {
  it('says who counts, and the lowest of each shard since the last question', () => {
    expect(page([{ pid: 1, live: [900, -100], low: [500, -100] }])).toMatchObject({
      started: 1n,
      asked: 7n,
      allocator: 'libc.so.6',
      counts: true,
      processes: [{ place: 0, pid: 1, parent: 0, low: 400 }],
    });
  });

  it('has what a shard holds where nothing changed since the last question', () => {
    expect(page([{ pid: 1, live: [900, 50] }]).processes[0]?.low).toBe(950);
  });

  it.each([
    ['another file', Buffer.from('root:x:0:0:root:/root:/bin/bash\n'.repeat(200))],
    ['an empty file', Buffer.alloc(0)],
    ['a file whose program has not yet begun', Buffer.alloc(561_152)],
    ['a file that was cut off', counters([{ pid: 1, live: [1, 1] }]).subarray(0, 4_500)],
  ])('is not %s', (_, bytes) => {
    expect(readPage(reading(bytes))).toBeNull();
  });

  it('is asked, and emptied, without touching anything else', () => {
    const bytes = counters([
      { pid: 1, live: [900, 0] },
      { pid: 8, parent: 0, live: [70, 0] },
    ]);
    for (const patch of [question(readPage(reading(bytes))!), ...emptied(1)]) patch.bytes.copy(bytes, patch.offset);
    const expected = counters([{ pid: 1, live: [900, 0] }]);
    expected.writeBigUInt64LE(8n, 24);
    expected.writeUInt32LE(2, 40);
    expect(bytes.equals(expected)).toBe(true);
  });
});

describe('the live heap of a container', () => {
  const server: readonly Counted[] = [
    { pid: 1, live: [10_000, 0] },
    { pid: 7, parent: 0, live: [600, 0] },
    { pid: 8, parent: 1, live: [-50, 0] },
  ];

  it('is the sum over a program and its forks', () => {
    expect(liveHeap([page(server)], alive(1, 7, 8))).toBe(10_550);
  });

  it('keeps what a living fork had from processes that have ended', () => {
    expect(liveHeap([page(server)], alive(8))).toBe(10_550);
  });

  it('forgets a fork that has ended, and a program without processes', () => {
    expect(liveHeap([page(server)], alive(1, 7))).toBe(10_600);
    expect(liveHeap([page(server), page([{ pid: 30, live: [5, 0] }])], alive(1, 7, 8))).toBe(10_550);
  });

  it('counts a process once that executed another program', () => {
    const shell = page([
      { pid: 1, live: [100, 0] },
      { pid: 9, parent: 0, live: [40, 0] },
    ]);
    const executed = page([{ pid: 9, live: [3_000, 0] }], { started: 5n });
    const again = page([{ pid: 9, live: [4_000, 0] }], { started: 9n });
    expect(liveHeap([again, shell, executed], alive(1, 9))).toBe(4_100);
  });

  it('is not known where a fork found no place, or an allocator is not watched', () => {
    expect(liveHeap([page(server, { missed: 1 })], alive(1))).toBeNull();
    expect(liveHeap([page(server, { counts: 0 })], alive(1))).toBeNull();
    expect(liveHeap([], alive(1))).toBeNull();
  });

  it('frees the places of what has ended and left no fork', () => {
    expect(unused(page(server), alive(1, 7))).toEqual([2]);
    expect(unused(page(server), alive(8))).toEqual([]);
    expect(unused(page(server), alive())).toEqual([0, 1, 2]);
  });
});
