import { PRIMARY_METRIC } from '../model/series.js';
import { metricName } from './metrics.js';
import { memory, plural } from './numbers.js';
import { roleName } from './subject.js';

/** The name of a judged service: its role, and the metric if it is not memory. */
export function serviceName(role: string, metric: string): string {
  return metric === PRIMARY_METRIC ? roleName(role) : `${roleName(role)}, ${metricName(metric)}`;
}

/** `2 CPUs, 7.76 GiB`; `not known` for null. */
export function hostWords(host: { readonly cpus: number; readonly memoryBytes: number } | null): string {
  return host === null ? 'not known' : `${plural(host.cpus, 'CPU')}, ${memory(host.memoryBytes)}`;
}

/** `7 runs, 2026-11-01 to 2026-11-21` @param days at least one, in order */
export function runsWords(days: readonly string[]): string {
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  return `${plural(days.length, 'run')}, ${first === last ? first : `${first} to ${last}`}`;
}
