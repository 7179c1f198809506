import type { Daemons } from '../arms/index.js';
import { hostDifferences } from '../evidence/index.js';
import { SlopegateError, type HostFacts, type Manifest, type Scenario } from '../model/index.js';
import { hostDifferenceWords } from '../words/host-differences.js';
import { hostFacts } from './docker.js';

/**
 * Asks the daemons about their hosts, and checks that two hosts are similar enough to be compared.
 * @throws SlopegateError HOSTS_UNLIKE
 */
export async function inspectHosts(
  daemons: Daemons,
  { file, stack }: Scenario,
): Promise<Pick<Manifest, 'candidateHost' | 'notes'> & { readonly host: HostFacts }> {
  const host = await hostFacts(daemons.baseline);
  if (daemons.candidate === daemons.baseline) return { host, notes: [] };
  const candidateHost = await hostFacts(daemons.candidate);
  const decisive = hostDifferences(host, candidateHost).filter((difference) => difference.grave);
  if (decisive.length > 0 && stack.allow?.includes('unlike-hosts') !== true) {
    const differences = decisive.map(hostDifferenceWords).join(', ');
    throw new SlopegateError('HOSTS_UNLIKE', `The hosts of the two versions are not alike: ${differences}.`, {
      location: file,
      hint: 'Run both on one host, or on two that are alike. stack.allow: [unlike-hosts] compares them anyway.',
    });
  }
  const processorsCompared = [host, candidateHost].every(({ cpuModel }) => cpuModel !== '');
  return { host, candidateHost, notes: [{ code: 'two-hosts', facts: { processorsCompared } }] };
}
