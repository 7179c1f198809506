import * as z from 'zod';

/** More than any process has: 1 PiB of memory, a hundred million descriptors. */
const MOST_BYTES = 2 ** 50;
const MOST_COUNTED = 1e8;
/** More requests than any run can send, and a longer time than any run can take. */
export const MOST_REQUESTS = 1e12;
export const MOST_SECONDS = 1e9;

/** The largest value that a metric can have. */
export function mostOf(metric: string): number {
  return metric.endsWith('_bytes') ? MOST_BYTES : MOST_COUNTED;
}

/** Numbers of a recording within possible limits. */
export const seconds = z.number().min(0).max(MOST_SECONDS);
export const requests = z.int().min(0).max(MOST_REQUESTS);
export const bytes = z.number().min(0).max(MOST_BYTES);
/** A time since a trial began. What happened before it has a negative time. */
export const moment = z.number().min(-MOST_SECONDS).max(MOST_SECONDS);
