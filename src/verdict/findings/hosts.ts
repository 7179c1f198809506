import type { Finding, Manifest, Severity } from '../../model/index.js';
import { hostDifferences } from '../host-differences.js';
import { list } from '../../words/numbers.js';
import { raise } from '../severity.js';

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
    sentence: `The two versions ran on hosts that differ: ${list(differences.map(({ what, baseline, candidate }) => `${what} ${baseline} and ${candidate}`))}.`,
    value: differences.length,
    threshold: 0,
    unit: 'differences',
    hint: 'Run both on one host. Or give both arms the same version: what is measured then comes from the hosts.',
  });
}
