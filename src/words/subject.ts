import { STACK_ROLE } from '../model/stack-role.js';
import type { Estimate } from '../results/estimate.js';
import type { SubjectName } from '../results/statement/index.js';
import { estimate, growth } from './growth.js';
import { isBytes, metricName } from './metrics.js';
import { count, duration, memory, significant } from './numbers.js';

/** Name of a role for people. */
export function roleName(role: string): string {
  return role === STACK_ROLE ? 'the whole stack' : role;
}

/** `waf`, `the whole stack`, `open descriptors of waf`. */
export function subjectName({ role, metric }: SubjectName): string {
  return isBytes(metric) ? roleName(role) : `${metricName(metric)} of ${roleName(role)}`;
}

/** A level of memory: `61.4 MiB`; a level of anything else: `412`. */
export function level(value: number, metric: string): string {
  return isBytes(metric) ? memory(value) : significant(value);
}

/** What was gained or lost: `3.1 MiB` of memory, `12 fds` of anything else. */
export function gainWords(value: number, unit: string): string {
  const [noun = ''] = unit.split('/');
  return noun === 'bytes' ? memory(value) : `${significant(value)} ${metricName(noun)}`;
}

/**
 * `8.0 KB of memory per request`, with as many digits as the interval supports. A negative growth is shown without its
 * sign.
 */
export function growthOf({ value, lower, upper, confidence }: Estimate, unit: string): string {
  const size =
    value < 0 ? { value: -value, lower: -upper, upper: -lower, confidence } : { value, lower, upper, confidence };
  const text = estimate(size, unit);
  return `${text.value}${unit.startsWith('bytes') ? ' of memory' : ''} ${text.per}`;
}

/** `slower in the candidate than in the baseline, by 1 B of memory per request`, or that both grow alike. */
export function comparedWithBaseline(difference: Estimate, unit: string): string {
  if (estimate(difference, unit).isZero) return 'as fast in the candidate as in the baseline';
  const faster = difference.value < 0 ? 'slower' : 'faster';
  return `${faster} in the candidate than in the baseline, by ${growthOf(difference, unit)}`;
}

interface Evidence {
  readonly difference: Estimate;
  readonly margin: number;
  readonly unit: string;
  readonly surelyBelow?: number | null;
}

/** `(95 % interval 7.3 to 8.7 KB, margin 32 B per request)` */
export function evidenceWords({ difference, margin, unit, surelyBelow = null }: Evidence): string {
  const { confidence, interval } = estimate(difference, unit);
  const bound = surelyBelow === null ? '' : `, surely below ${growth(surelyBelow, unit)}`;
  return `(${confidence} interval ${interval}${bound}, margin ${growth(margin, unit)})`;
}

/** `4,400 requests (58 seconds)` of the x-axis. If the axis has seconds, only the time is shown. */
export function stretch(x: number, seconds: number, unit: string): string {
  return unit.endsWith('/s') ? duration(seconds) : `${count(x)} requests (${duration(seconds)})`;
}
