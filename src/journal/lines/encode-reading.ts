import { METRICS, type Metric, type Reading } from '../../model/index.js';
import { mostOf } from '../largest.js';

/**
 * The line of one reading. This is by far the most frequent line:
 * `{"k":"r","t":trial,"s":service,"c":container,"e":seconds, "n":requests,"m":[minimum of each metric],"d":[median of
 * each metric]}`. Metrics are in the order of the journal's first line. In `m` null is a metric that could not be read.
 * In `d` null is a median equal to the minimum, as most medians are.
 */
export function encodeReading(trial: string, { service, container, time, requests, minimum, median }: Reading): string {
  const m = METRICS.map((metric) => possible(minimum[metric], metric));
  const d = METRICS.map((metric, index) => (median[metric] === m[index] ? null : possible(median[metric], metric)));
  return JSON.stringify({ k: 'r', t: trial, s: service, c: container, e: time, n: requests, m, d });
}

/** A value that no machine can have was read wrongly. It counts as missing. */
function possible(value: number | undefined, metric: Metric): number | null {
  return value !== undefined && value >= 0 && value <= mostOf(metric) ? value : null;
}
