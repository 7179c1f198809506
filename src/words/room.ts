import type { MemoryRoom } from '../model/memory-room.js';
import { memory } from './numbers.js';

const SOURCES: Readonly<Record<MemoryRoom['source'], (memory: string) => string>> = {
  production: (memory) => `the ${memory} of headroom in production`,
  limit: (memory) => `the remaining ${memory} of the memory limit`,
  host: (memory) => `the ${memory} of host memory (no memory limit is set)`,
};

/** `the remaining 183 MiB of the memory limit` */
export function roomWords({ bytes, source }: MemoryRoom): string {
  return SOURCES[source](memory(bytes));
}
