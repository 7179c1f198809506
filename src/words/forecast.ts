import { STACK_ROLE } from '../model/stack-role.js';
import type { FreeMemory } from '../results/free-memory.js';
import { count, duration, memory, significant } from './numbers.js';

const CEILINGS: Readonly<Record<FreeMemory['source'], (memory: string) => string>> = {
  production: (bytes) => `headroom in production used up, ${bytes}`,
  limit: (bytes) => `memory limit, ${bytes}`,
  host: (bytes) => `memory of the host used up, ${bytes}`,
};

/** `memory limit, 256 MiB`: the level at which no memory is left. */
export function ceilingName(bytes: number, source: FreeMemory['source']): string {
  return CEILINGS[source](memory(bytes));
}

/** `full after 5.3 minutes` */
export function fullAfter(seconds: number): string {
  return `full after ${duration(seconds)}`;
}

/**
 * `From the start of the load, the memory of the candidate is full after 31,900 requests (5.3 minutes at 100
 * requests/s).` Without requests only the time is told.
 */
export function fullSentence(arm: string, requests: number | null, rate: number, seconds: number): string {
  const time = duration(seconds);
  const full = `From the start of the load, the memory of the ${arm} is full after`;
  return requests === null
    ? `${full} ${time}.`
    : `${full} ${count(Number(requests.toPrecision(3)))} requests (${time} at ${significant(rate)} requests/s).`;
}

/** What the picture at the top of the page shows. */
export function outlookTitle(role: string, isForecast: boolean): string {
  const what = role === STACK_ROLE ? 'Memory of the whole stack' : `Memory of ${role}`;
  return isForecast ? `${what}: measured, and how it goes on` : what;
}
