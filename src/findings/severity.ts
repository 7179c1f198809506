import { DEFAULT_SEVERITIES, type Finding, type FindingKind, type Severity } from '../model/index.js';

/** The severity of one kind, after the scenario. */
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

/** The same, but never more than a note: what is settable applies to what goes beyond its threshold. */
export function note(
  kind: FindingKind,
  settings: Readonly<Record<string, Severity>>,
  facts: Omit<Finding, 'kind' | 'severity'>,
): Finding[] {
  return severityOf(kind, settings) === 'off' ? [] : [inform(kind, facts)];
}

/** A finding that only informs. */
export function inform(kind: string, facts: Omit<Finding, 'kind' | 'severity'>): Finding {
  return { kind, severity: 'info', ...facts };
}
