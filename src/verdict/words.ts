import type { Estimate } from '../model/index.js';
import { estimate } from '../words/growth.js';
import { memory, significant } from '../words/numbers.js';

/** A level of memory: `61.4 MiB`; a level of anything else: `412`. */
export function level(value: number, metric: string): string {
  return metric.endsWith('_bytes') ? memory(value) : significant(value);
}

/** What was gained or lost: `3.1 MiB` of memory, `12 fds` of anything else. */
export function gained(value: number, unit: string): string {
  const [noun = ''] = unit.split('/');
  return noun === 'bytes' ? memory(value) : `${significant(value)} ${noun}`;
}

/** `8.0 KB of memory per request`, with the digits that the interval deserves; of a loss, its size. */
export function growthOf({ value, lower, upper, confidence }: Estimate, unit: string): string {
  const size =
    value < 0 ? { value: -value, lower: -upper, upper: -lower, confidence } : { value, lower, upper, confidence };
  const text = estimate(size, unit);
  return `${text.value}${unit.startsWith('bytes') ? ' of memory' : ''} ${text.per}`;
}
