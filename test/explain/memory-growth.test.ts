import { describe, expect, test } from 'vitest';
import { growingHeaps, growingMappings, type ServiceMemory } from '../../src/explain/index.js';
import type { HeapUnread } from '../../src/model/index.js';
import { memorySentences, unreadWords } from '../../src/words/explained-memory.js';
import { missingWords } from '../../src/words/explain.js';
import { explained } from './explained.js';

type Counts = Readonly<Record<number, number>>;
const KIB = 1024;

const memory = (mappings: Readonly<Record<string, number>>, inUse: Counts | null = {}, free = 0): ServiceMemory => ({
  service: 'waf',
  mappings: new Map(Object.entries(mappings)),
  heap: inUse === null ? null : { inUse: new Map(Object.entries(inUse).map(([size, n]) => [Number(size), n])), free },
});
const looks = (before: ServiceMemory, after: ServiceMemory) => ({ before: [before], after: [after] });
const still = looks(memory({ heap: 400 * KIB }, { 48: 90 }), memory({ heap: 400 * KIB }, { 48: 90 }));

describe('mappings', () => {
  test('those that grow more in the candidate, per request, the largest first', () => {
    const candidate = looks(
      memory({ heap: 400 * KIB, shared: 8 * KIB, stack: 12 * KIB }),
      memory({ heap: 600 * KIB, shared: 808 * KIB, stack: 16 * KIB, '/lib/x.so': 4 * KIB }),
    );
    expect(growingMappings({ baseline: still, candidate }, 100)).toEqual([
      { service: 'waf', mapping: 'shared', growth: { baseline: 0, candidate: 8 * KIB } },
      { service: 'waf', mapping: 'heap', growth: { baseline: 0, candidate: 2 * KIB } },
    ]);
    expect(growingMappings({ baseline: candidate, candidate }, 100)).toEqual([]);
  });
});

test('a large mapping moves by more than a small one, and what the baseline gives back is no growth', () => {
  const large = (more: number) =>
    looks(memory({ anonymous: 50_000 * KIB }), memory({ anonymous: (50_000 + more) * KIB }));
  const named = (baseline: number, candidate: number) =>
    growingMappings({ baseline: large(baseline), candidate: large(candidate) }, 100).length;
  expect([named(0, 999), named(0, 1001), named(-900, 200), named(900, 1100)]).toEqual([0, 1, 0, 0]);
});

describe('blocks of the heap', () => {
  test('sizes of which the candidate keeps more, the most bytes first; a few blocks are the caches of malloc', () => {
    const candidate = looks(memory({}, { 48: 90, 64: 1000 }), memory({}, { 48: 190, 64: 970, 4112: 50, 96: 20 }, 320));
    expect(growingHeaps({ baseline: still, candidate }, 100)).toEqual([
      {
        service: 'waf',
        inUse: { baseline: 0, candidate: (48 * 100 - 64 * 30 + 4112 * 50 + 96 * 20) / 100 },
        free: { baseline: 0, candidate: 3.2 },
        blocks: [
          { bytes: 4112, growth: { baseline: 0, candidate: 0.5 } },
          { bytes: 48, growth: { baseline: 0, candidate: 1 } },
        ],
      },
    ]);
  });

  test('of many blocks that come and go, some more are chance', () => {
    const many = (more: number) => looks(memory({}, { 64: 5000 }), memory({}, { 64: 5000 + more }));
    const named = (more: number) => growingHeaps({ baseline: many(0), candidate: many(more) }, 100)[0]?.blocks.length;
    expect([named(299), named(301)]).toEqual([0, 1]);
  });

  test('a heap that was not read each time is not compared, and a service of one version alone neither', () => {
    const unread = looks(memory({}, null), memory({}, { 48: 5000 }));
    expect(growingHeaps({ baseline: still, candidate: unread }, 100)).toEqual([]);
    const { before } = still;
    expect(growingHeaps({ baseline: { before, after: [] }, candidate: still }, 100)).toEqual([]);
    expect(growingMappings({ baseline: { before, after: [] }, candidate: still }, 100)).toEqual([]);
  });
});

describe('in words', () => {
  test('a mapping, the heap, and a size of block with what was asked for', () => {
    expect(memorySentences(explained())).toEqual([
      'waf: memory in the heap of malloc grows by 4.5 KB per request in the candidate, by 0 B per request in the ' +
        'baseline.',
      'waf: blocks in use in the heap of malloc grow by 4.4 KB per request in the candidate, by 0 B per request in ' +
        'the baseline; free blocks between them by 20 B per request and by 10 B per request. ' +
        'So most of the growth is in use.',
      'waf: blocks of 2,208 bytes (2,185 to 2,200 asked for): +2 per request in the candidate, 0 in the baseline.',
    ]);
  });

  test('free memory between the blocks is called so', () => {
    const [heap] = explained().heaps;
    const fragmented = { ...heap!, free: { baseline: 0, candidate: 9000 } };
    expect(memorySentences(explained({ mappings: [], heaps: [fragmented] }))[0]).toContain(
      'So most of the growth is free memory that malloc keeps.',
    );
  });

  test('what was not read, and new processes, are named', () => {
    const reasons = ['not-here', 'no-glibc', 'other-machine', 'too-large', 'not-consistent'] as const;
    const unread: HeapUnread[] = reasons.map((reason) => ({ service: 'waf', reason, detail: null }));
    const said = missingWords(explained({ heapsUnread: unread, replaced: ['waf'] }));
    expect(new Set(said).size).toBe(6);
    expect(said.at(-1)).toMatch(/^Processes of waf ended or began/);
    expect(unreadWords({ service: 'waf', reason: 'other-allocator', detail: 'jemalloc' })).toBe(
      'The heap of waf was not read, or not all of it: a program in it takes its memory from jemalloc.',
    );
  });
});
