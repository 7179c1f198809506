import { DEFAULT_SEVERITIES, type FindingKind, type Severity } from '../model/index.js';
import type { Finding } from '../results/index.js';

/** The severity of one kind, from the scenario. */
export function severityOf(kind: FindingKind, settings: Readonly<Record<string, Severity>>): Severity {
  return settings[kind] ?? DEFAULT_SEVERITIES[kind];
}

/** A finding at its severity, or nothing if it is switched off. */
export function raise(
  kind: FindingKind,
  settings: Readonly<Record<string, Severity>>,
  facts: Omit<Finding, 'kind' | 'severity'>,
): Finding[] {
  const severity = severityOf(kind, settings);
  return severity === 'off' ? [] : [{ kind, severity, ...facts }];
}

/** The same, but at most a note. The setting in the scenario is for values beyond the threshold. */
export function note(
  kind: FindingKind,
  settings: Readonly<Record<string, Severity>>,
  facts: Omit<Finding, 'kind' | 'severity'>,
): Finding[] {
  return severityOf(kind, settings) === 'off' ? [] : [infoFinding(kind, facts)];
}

/** A finding that only informs. */
export function infoFinding(kind: string, facts: Omit<Finding, 'kind' | 'severity'>): Finding {
  return { kind, severity: 'info', ...facts };
}
