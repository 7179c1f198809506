/** What a finding does: dropped, shown as a note, shown as a warning, or enough to make the verdict FAIL. */
export const SEVERITIES = ['off', 'info', 'warn', 'fail'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Findings beyond the difference in growth, and how severe each one is if the scenario's `gate.findings` says nothing.
 * docs/findings.md explains each one; a test compares the two lists.
 */
export const DEFAULT_SEVERITIES = {
  'both-leak': 'warn',
  improvement: 'info',
  'level-shift': 'warn',
  'grows-between-actions': 'warn',
  'action-step': 'warn',
  'peak-near-limit': 'warn',
  'grows-with-time': 'fail',
  'live-heap-grows': 'warn',
  'descriptors-grow': 'fail',
  'threads-grow': 'fail',
  'sockets-grow': 'fail',
  'oom-kill': 'fail',
  restart: 'fail',
  exit: 'fail',
  'process-replaced': 'fail',
  vanished: 'fail',
  'hosts-differ': 'warn',
  'only-in-baseline': 'warn',
  'only-in-candidate': 'warn',
  'time-to-limit': 'info',
  'given-back': 'info',
  'cpu-higher': 'warn',
  'cpu-drifts': 'warn',
  'disk-higher': 'warn',
  'log-higher': 'warn',
  'latency-higher': 'warn',
  'latency-drifts': 'warn',
  'decided-differently': 'warn',
} as const satisfies Readonly<Record<string, Severity>>;
export type FindingKind = keyof typeof DEFAULT_SEVERITIES;
export const FINDING_KINDS = Object.keys(DEFAULT_SEVERITIES) as readonly FindingKind[];
