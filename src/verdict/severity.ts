import type { Finding, Severity } from '../model/index.js';

/**
 * Findings beyond the slope difference, and how severe each is where the scenario says nothing.
 * `off` drops it, `warn` shows it, `fail` makes the verdict FAIL.
 */
export const DEFAULT_SEVERITIES = {
  'both-leak': 'warn',
  'level-shift': 'warn',
  'peak-near-limit': 'warn',
  'descriptors-grow': 'fail',
  'threads-grow': 'fail',
  'sockets-grow': 'fail',
  'oom-kill': 'fail',
  restart: 'fail',
  exit: 'fail',
  'process-replaced': 'fail',
  vanished: 'fail',
  'only-in-baseline': 'warn',
  'only-in-candidate': 'warn',
} as const satisfies Readonly<Record<string, Severity>>;
export type FindingKind = keyof typeof DEFAULT_SEVERITIES;

/** The severity of one kind, after the scenario. */
export function severityOf(kind: FindingKind, settings: Readonly<Record<string, Severity>>): Severity {
  return settings[kind] ?? DEFAULT_SEVERITIES[kind];
}

/** A finding at its severity, or nothing where it is switched off. */
export function raise(kind: FindingKind, settings: Readonly<Record<string, Severity>>, facts: Omit<Finding, 'kind' | 'severity'>): Finding[] {
  const severity = severityOf(kind, settings);
  return severity === 'off' ? [] : [{ kind, severity, ...facts }];
}

/** A finding that only informs. */
export function inform(kind: string, facts: Omit<Finding, 'kind' | 'severity'>): Finding {
  return { kind, severity: 'info', ...facts };
}
