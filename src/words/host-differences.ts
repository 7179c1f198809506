import type { HostDifference, HostTrait } from '../results/host-difference.js';
import { memory } from './numbers.js';

const TRAITS: Readonly<Record<HostTrait, string>> = {
  architecture: 'architecture',
  cpus: 'CPUs',
  'cgroup-version': 'cgroup version',
  processor: 'processor',
  kernel: 'kernel',
  system: 'system',
  docker: 'Docker',
  'storage-driver': 'storage driver',
  memory: 'memory',
  swap: 'swap',
};

/** `kernel 6.1 and 6.8` */
export function hostDifferenceWords({ what, baseline, candidate }: HostDifference): string {
  const value = (one: string | number): string =>
    (what === 'memory' || what === 'swap') && typeof one === 'number' ? memory(one) : String(one);
  return `${TRAITS[what]} ${value(baseline)} and ${value(candidate)}`;
}
