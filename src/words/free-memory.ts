import type { FreeMemory } from '../results/free-memory.js';
import { memory } from './numbers.js';

const SOURCES: Readonly<Record<FreeMemory['source'], (memory: string) => string>> = {
  production: (memory) => `the ${memory} of headroom in production`,
  limit: (memory) => `the remaining ${memory} of the memory limit`,
  host: (memory) => `the ${memory} of host memory (no memory limit is set)`,
};

/** `the remaining 183 MiB of the memory limit` */
export function freeMemoryWords({ bytes, source }: FreeMemory): string {
  return SOURCES[source](memory(bytes));
}
