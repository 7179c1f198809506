/** More than any process has: 1 PiB of memory, a hundred million descriptors. */
export const MOST_BYTES = 2 ** 50;
const MOST_COUNTED = 1e8;
/** More requests than any run can send, and a longer time than any run can take. */
export const MOST_REQUESTS = 1e12;
export const MOST_SECONDS = 1e9;

/** The largest value that a metric can have. */
export function mostOf(metric: string): number {
  return metric.endsWith('_bytes') ? MOST_BYTES : MOST_COUNTED;
}
