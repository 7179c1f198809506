/** When request `index` is due, in milliseconds after the start. */
export type Due = (index: number) => number;

export function constantRate(rate: number | null): Due | null {
  return rate === null ? null : (index) => (index * 1000) / rate;
}
