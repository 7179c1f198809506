import type { ArmName } from './arm.js';

/** One function of a call stack, as far as it could be named. */
export interface ExplainedFrame {
  /** Null where no symbol covers the address. */
  readonly name: string | null;
  /** The file in the container; null for memory without a file. */
  readonly file: string | null;
  /** The line on which the function begins, from 1; only for JavaScript. */
  readonly line?: number;
  /** Package and version of the file, as far as known. */
  readonly package: string | null;
}

/** A heap of a service that is sampled: the blocks of `malloc`, or the objects of Node.js. */
export interface SampledHeap {
  readonly service: string;
  readonly heap: 'malloc' | 'javascript';
}

/** Bytes per request with the standard error of the sampling. */
export interface StackGrowth {
  readonly bytes: number;
  readonly error: number;
}

/** A call stack whose memory stays. It has the same names on both versions. */
export interface ExplainedStack {
  readonly service: string;
  /** The innermost first. */
  readonly frames: readonly ExplainedFrame[];
  readonly baseline: StackGrowth;
  readonly candidate: StackGrowth;
}

/** Memory of a service in one kind of mapping, bytes per request. */
export interface MappingGrowth {
  readonly service: string;
  /**
   * `heap`: of malloc, by brk. `thread-heaps`: malloc's heaps for threads. `anonymous`: without a name, such as large
   * blocks, stacks of threads, and other allocators. `stack`, `shared`: shared memory. Otherwise the path of a file, or
   * a name that the program or the kernel gave it.
   */
  readonly mapping: string;
  readonly growth: Readonly<Record<ArmName, number>>;
}

/** Blocks of one size that are in use in the heap. */
export interface BlockGrowth {
  /** With the header of 8 bytes, rounded up to 16. */
  readonly bytes: number;
  /** Blocks per request. */
  readonly growth: Readonly<Record<ArmName, number>>;
}

/** The heap of glibc's malloc in all processes of a service, bytes per request. */
export interface HeapGrowth {
  readonly service: string;
  readonly inUse: Readonly<Record<ArmName, number>>;
  /** Free blocks between those in use. */
  readonly free: Readonly<Record<ArmName, number>>;
  /** Sizes of which the candidate keeps more blocks, the most bytes first. */
  readonly blocks: readonly BlockGrowth[];
}

/** Why the heap of a process was not read. */
export interface HeapUnread {
  readonly service: string;
  /**
   * `not-here`: no process of it can be read from here. `no-glibc`: another C library, or none. `other-allocator`:
   * `detail` names it. `other-machine`: neither x86-64 nor arm64. `too-large`: more than can be read. `not-consistent`:
   * it changed all the time, or is no such heap.
   */
  readonly reason: 'not-here' | 'no-glibc' | 'other-allocator' | 'other-machine' | 'too-large' | 'not-consistent';
  readonly detail: string | null;
}
