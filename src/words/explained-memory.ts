import type { BlockGrowth, HeapGrowth, HeapUnread, MappingGrowth } from '../model/index.js';
import type { Explanation } from '../results/index.js';
import { growth } from './growth.js';
import { count, significant } from './numbers.js';

const SHOWN_MAPPINGS = 5;
const SHOWN_SIZES = 5;
/** Of a block: its header, and what is lost by rounding up to 16 bytes. */
const HEADER_BYTES = 8;
const MOST_LOST_BYTES = 23;

/** What mappings contain. Others are told by their own name. */
const MAPPINGS: Readonly<Record<string, string>> = {
  heap: 'the heap of malloc',
  'thread-heaps': 'the heaps of malloc for threads',
  anonymous: 'mappings without a name (large blocks, stacks of threads, other allocators)',
  stack: 'the stack of the main thread',
  shared: 'shared memory',
};

const perRequest = (bytes: number): string => growth(bytes, 'bytes/request');

/** `waf: memory in the heap of malloc grows by 8.1 KB per request in the candidate, by 0 B per request in …` */
function mappingSentence({ service, mapping, growth: { baseline, candidate } }: MappingGrowth): string {
  return (
    `${service}: memory in ${MAPPINGS[mapping] ?? mapping} grows by ${perRequest(candidate)} in the candidate, ` +
    `by ${perRequest(baseline)} in the baseline.`
  );
}

/** `waf: blocks of 48 bytes (25 to 40 asked for): +1.0 per request in the candidate, 0.0 in the baseline.` */
function blockSentence(service: string, { bytes, growth: { baseline, candidate } }: BlockGrowth): string {
  const asked = `${count(bytes - MOST_LOST_BYTES)} to ${count(bytes - HEADER_BYTES)} asked for`;
  return (
    `${service}: blocks of ${count(bytes)} bytes (${asked}): ${signed(candidate)} per request in the candidate, ` +
    `${signed(baseline)} in the baseline.`
  );
}

/** `+1.0`, `−0.25`, `0` */
function signed(value: number): string {
  const text = significant(Math.abs(value), 2);
  if (Number(text) === 0) return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** How the heap of a service grows: in use or free, and in which sizes. */
function heapSentences({ service, inUse, free, blocks }: HeapGrowth): readonly string[] {
  const used = inUse.candidate - inUse.baseline;
  const kept = free.candidate - free.baseline;
  const verdict =
    used + kept <= 0
      ? ''
      : used >= kept
        ? ' So most of the growth is in use.'
        : ' So most of the growth is free memory that malloc keeps.';
  return [
    `${service}: blocks in use in the heap of malloc grow by ${perRequest(inUse.candidate)} in the candidate, by ` +
      `${perRequest(inUse.baseline)} in the baseline; free blocks between them by ${perRequest(free.candidate)} and ` +
      `by ${perRequest(free.baseline)}.${blocks.length === 0 ? '' : verdict}`,
    ...blocks.slice(0, SHOWN_SIZES).map((one) => blockSentence(service, one)),
  ];
}

/** What is seen from outside: the mappings that grow, and the blocks of the heap by their size. */
export function memorySentences({ mappings, heaps }: Explanation): readonly string[] {
  return [...mappings.slice(0, SHOWN_MAPPINGS).map(mappingSentence), ...heaps.flatMap(heapSentences)];
}

const UNREAD: Readonly<Record<HeapUnread['reason'], (detail: string | null) => string>> = {
  'not-here': () => 'its processes cannot be read from here (another machine, or no root)',
  'no-glibc': () => 'a program in it does not use glibc, or is static',
  'other-allocator': (detail) => `a program in it takes its memory from ${detail}`,
  'other-machine': () => 'a program in it is neither for x86-64 nor for arm64',
  'too-large': () => 'it is too large',
  'not-consistent': () => 'it changed each time it was read, or is not laid out like that of glibc',
};

/** Why the heap of a service, or a part of it, was not read. */
export function unreadWords({ service, reason, detail }: HeapUnread): string {
  return `The heap of ${service} was not read, or not all of it: ${UNREAD[reason](detail)}.`;
}
