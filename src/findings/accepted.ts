import type { Acceptance, Recording } from '../model/index.js';
import type { Finding } from '../results/index.js';

/** The acceptances of a run: those that are valid, and those that had expired when its last trial began. */
export interface Acceptances {
  readonly valid: readonly Acceptance[];
  readonly expired: readonly Acceptance[];
}

/** When the last trial began, ISO 8601. A run that is resumed or merged later has trials of several days. */
export function lastStart({ manifest, trials }: Recording): string {
  return trials.reduce((last, { startedAt }) => (startedAt > last ? startedAt : last), manifest.startedAt);
}

/** @param startedAt when the last trial began, ISO 8601: the same recording has the same verdict on every day */
export function acceptancesOf(entries: readonly Acceptance[], startedAt: string): Acceptances {
  const day = startedAt.slice(0, 10);
  return {
    valid: entries.filter(({ expires }) => expires >= day),
    expired: entries.filter(({ expires }) => expires < day),
  };
}

type Named = Pick<Finding, 'kind' | 'service'>;
const isOf = (entry: Acceptance, { kind, service }: Named): boolean =>
  entry.finding === kind && entry.service === service;

/** Whether a finding is accepted. */
export function isAccepted({ valid }: Acceptances, finding: Named): boolean {
  return valid.some((entry) => isOf(entry, finding));
}

/**
 * The findings. Those that are accepted are marked, and no longer make the run FAIL. A finding that is only a note
 * needs no acceptance.
 */
export function withAccepted(acceptances: Acceptances, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const entry = acceptances.valid.find((one) => isOf(one, finding));
    if (entry === undefined || finding.severity === 'info') return finding;
    const { reason, owner, expires } = entry;
    return { ...finding, severity: 'warn', accepted: { reason, owner, expires } };
  });
}

/** What is wrong with the acceptances themselves: some have expired, some match nothing. */
export function acceptanceFaults(acceptances: Acceptances, findings: readonly Finding[]): Finding[] {
  const raised = findings.filter(({ severity }) => severity !== 'info');
  const unused = acceptances.valid.filter((entry) => !raised.some((finding) => isOf(entry, finding)));
  return [
    ...acceptances.expired.map((entry) => faulty(entry, 'acceptance-expired')),
    ...unused.map((entry) => faulty(entry, 'acceptance-unused')),
  ];
}

function faulty(
  { finding, service, owner, expires }: Acceptance,
  code: 'acceptance-expired' | 'acceptance-unused',
): Finding {
  return {
    kind: code,
    severity: 'warn',
    service,
    arm: null,
    said: { code, facts: { finding, owner, expires } },
    value: null,
    threshold: null,
    unit: null,
  };
}
