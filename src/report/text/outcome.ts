import type { Outcome, ToldVerdict } from '../../model/index.js';

interface OutcomeWords {
  readonly word: string;
  readonly icon: string;
  /** What the outcome says, for somebody who has never seen one. */
  readonly meaning: string;
  /** What to do where the verdict itself gives no advice. */
  readonly next: string;
}

export const OUTCOMES: Readonly<Record<Outcome, OutcomeWords>> = {
  pass: {
    word: 'PASS',
    icon: '✅',
    meaning: 'The candidate does not grow faster than the baseline by more than the margin you accept.',
    next: 'Nothing stands against the candidate as far as memory growth goes.',
  },
  fail: {
    word: 'FAIL',
    icon: '❌',
    meaning: 'The candidate grows faster than the baseline by more than the margin you accept.',
    next: 'Do not roll the candidate out before the growth is explained or fixed.',
  },
  inconclusive: {
    word: 'INCONCLUSIVE',
    icon: '⚠️',
    meaning: 'The evidence does not settle it. This is not a pass.',
    next: 'Run longer or with more replicates before deciding.',
  },
  invalid: {
    word: 'INVALID',
    icon: '⛔',
    meaning: 'The two versions were not compared fairly, so no conclusion can be drawn. This is not a pass.',
    next: 'Put right what failed under “Was the comparison fair?” and run again.',
  },
};

/** What the outcome says of this verdict: a service that has settled passes by what it does now, and that is said. */
export function meaning({ outcome, assessment }: ToldVerdict): string {
  const settled = outcome === 'pass' && assessment.services.some(({ judged, shape }) => judged && shape === 'settled');
  return settled
    ? 'The candidate gained memory during the test and has visibly stopped growing: what it still grows by is surely less than the margin you accept.'
    : OUTCOMES[outcome].meaning;
}

export function advice(verdict: ToldVerdict): string {
  return verdict.advice ?? OUTCOMES[verdict.outcome].next;
}

const METRIC_NAMES: Readonly<Record<string, string>> = {
  unreclaimable_bytes: 'unreclaimable memory',
  anon_bytes: 'anonymous memory',
  shmem_bytes: 'shared memory',
  file_bytes: 'page cache',
  kernel_bytes: 'kernel memory',
  kernel_unreclaimable_bytes: 'unreclaimable kernel memory',
  usage_bytes: 'total usage',
  working_set_bytes: 'working set',
  pids: 'processes',
  threads: 'threads',
  fds: 'open descriptors',
  sockets: 'sockets',
};

export function metricName(metric: string): string {
  return METRIC_NAMES[metric] ?? metric.replace(/_/g, ' ');
}

export function isBytes(metric: string): boolean {
  return metric.endsWith('_bytes');
}
