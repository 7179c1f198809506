import { hostDifferences } from '../evidence/index.js';
import type { Manifest, Severity } from '../model/index.js';
import type { Finding } from '../results/index.js';
import { raise } from './severity.js';

/** How the hosts differ, if each arm ran on its own host. */
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
