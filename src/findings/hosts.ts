import { hostDifferences } from '../evidence/index.js';
import type { Finding, Manifest, Severity } from '../model/index.js';
import { raise } from './severity.js';

/** In what the hosts differ, where each arm ran on its own. */
export function unlikeHosts(
  { host, candidateHost }: Manifest,
  severities: Readonly<Record<string, Severity>>,
): Finding[] {
  const differences = host === null || !candidateHost ? [] : hostDifferences(host, candidateHost);
  if (differences.length === 0) return [];
  return raise('hosts-differ', severities, {
    service: null,
    arm: null,
    said: { code: 'hosts-unlike', facts: { differences } },
    value: differences.length,
    threshold: 0,
    unit: 'differences',
  });
}
