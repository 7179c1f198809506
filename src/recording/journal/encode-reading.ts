import { METRICS, type Metric, type Reading } from '../../model/index.js';
import { mostOf } from '../schemas/possible.js';

/**
 * The line of one reading, by far the most frequent: `{"k":"r","t":trial,"s":service,"c":container,"e":seconds,
 * "n":requests,"m":[minimum of each metric],"d":[median of each metric]}`, metrics in the order of the journal's first
 * line. In `m` null is a metric that could not be read; in `d` null is a median equal to the minimum, as most are.
 */
export function encodeReading(trial: string, { service, container, time, requests, minimum, median }: Reading): string {
  const m = METRICS.map((metric) => possible(minimum[metric], metric));
  const d = METRICS.map((metric, index) => (median[metric] === m[index] ? null : possible(median[metric], metric)));
  return JSON.stringify({ k: 'r', t: trial, s: service, c: container, e: time, n: requests, m, d });
}

/** What no machine can have was misread: it is missing. */
function possible(value: number | undefined, metric: Metric): number | null {
  return value !== undefined && value >= 0 && value <= mostOf(metric) ? value : null;
}
