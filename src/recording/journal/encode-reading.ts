import { METRICS, type Reading } from '../../model/index.js';

/**
 * The line of one reading, by far the most frequent: `{"k":"r","t":trial,"s":service,"c":container,"e":seconds,
 * "n":requests,"m":[minimum of each metric],"d":[median of each metric]}`, metrics in the order of the journal's first
 * line. In `m` null is a metric that could not be read; in `d` null is a median equal to the minimum, as most are.
 */
export function encodeReading(trial: string, { service, container, time, requests, minimum, median }: Reading): string {
  const m = METRICS.map((metric) => finite(minimum[metric]));
  const d = METRICS.map((metric, index) => (median[metric] === m[index] ? null : finite(median[metric])));
  return JSON.stringify({ k: 'r', t: trial, s: service, c: container, e: time, n: requests, m, d });
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
