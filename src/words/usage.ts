import type { FindingFacts, UsageMeasure } from '../results/index.js';
import { percent, significant } from './numbers.js';
import { roleName } from './subject.js';

/** The name of each measure in a table. */
const NAMES: Readonly<Record<UsageMeasure, string>> = {
  cpu: 'Processor time per request',
  'cpu-drift': '… its rise in the window',
  disk: 'Written to disks per request',
  log: 'Log per request',
  'latency-p50': 'Latency of half of the answers (p50)',
  'latency-p50-drift': '… its rise in the window',
  'latency-p99': 'Latency of 99 in 100 answers (p99)',
  'latency-p99-drift': '… its rise in the window',
};

/** `Processor time per request`. A rise follows the row of what rises. */
export function usageName(measure: UsageMeasure): string {
  return NAMES[measure];
}

/** `1.24 ms`, `302 B`: the request is in the name of the measure. */
export function usageAmount(value: number, unit: string): string {
  const number = (size: number): string =>
    significant(size)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  if (unit !== 'bytes/request') return `${number(value)} ms`;
  return Math.abs(value) < 1000 ? `${number(value)} B` : `${number(value / 1000)} KB`;
}

const SUBJECTS: Readonly<Record<UsageMeasure, (role: string) => string>> = {
  cpu: (role) => `The processor time of ${role} per request`,
  'cpu-drift': (role) => `The processor time of ${role} per request`,
  disk: (role) => `What ${role} writes to disks per request`,
  log: (role) => `What ${role} logs per request`,
  'latency-p50': (role) => `The latency (p50) of ${role}`,
  'latency-p50-drift': (role) => `The latency (p50) of ${role}`,
  'latency-p99': (role) => `The latency (p99) of ${role}`,
  'latency-p99-drift': (role) => `The latency (p99) of ${role}`,
};

/** `The processor time of waf per request is 1.5 ms in the candidate and 1.2 ms in the baseline: …` */
export function usageHigherWords(facts: FindingFacts['usage-higher']): string {
  const { role, measure, unit, baseline, candidate, difference, relative, margin } = facts;
  const amount = (value: number): string => usageAmount(value, unit);
  const share = relative === null ? '' : ` (${percent(relative)})`;
  return (
    `${SUBJECTS[measure](roleName(role))} is ${amount(candidate)} in the candidate and ${amount(baseline)} in the ` +
    `baseline: ${amount(difference.value)}${share} more. Up to ${amount(margin)} more is accepted.`
  );
}

/** `The processor time of waf per request changes by 0.3 ms in the candidate and by 0 ms in the baseline from …` */
export function usageDriftWords(facts: FindingFacts['usage-drifts']): string {
  const { role, measure, unit, baseline, candidate, margin } = facts;
  const amount = (value: number): string => usageAmount(value, unit);
  return (
    `${SUBJECTS[measure](roleName(role))} changes by ${amount(candidate)} in the candidate and by ` +
    `${amount(baseline)} in the baseline, from the first third of the window to the last. ` +
    `A rise of up to ${amount(margin)} more is accepted.`
  );
}
