/** More than any process has: 1 PiB of memory, a hundred million descriptors. */
export const MOST_BYTES = 2 ** 50;
const MOST_COUNTED = 1e8;
/** Ten thousand processors for three years. */
const MOST_CPU_MS = 1e15;
/** More requests than any run can send, and a longer time than any run can take. */
export const MOST_REQUESTS = 1e12;
export const MOST_SECONDS = 1e9;

/** The largest value that a metric can have. */
export function mostOf(metric: string): number {
  if (metric === 'cpu_ms') return MOST_CPU_MS;
  return metric.endsWith('_bytes') ? MOST_BYTES : MOST_COUNTED;
}
