import type { HostFacts } from '../model/recording.js';

export interface HostDifference {
  readonly what: string;
  readonly baseline: string;
  readonly candidate: string;
  /** Memory is laid out or counted in another way: the growths can't be compared. */
  readonly grave: boolean;
}

/** Two machines of one size never have quite the same memory. */
const ALIKE_MEMORY_SHARE = 0.02;
const GIB = 1024 ** 3;

type Fact = readonly [what: string, of: (host: HostFacts) => string | number | null, grave?: 'grave'];

const FACTS: readonly Fact[] = [
  ['architecture', ({ architecture }) => architecture, 'grave'],
  ['CPUs', ({ cpus }) => cpus, 'grave'],
  ['cgroup version', ({ cgroupVersion }) => cgroupVersion, 'grave'],
  ['processor', ({ cpuModel }) => cpuModel],
  ['kernel', ({ kernel }) => kernel],
  ['system', ({ os }) => os],
  ['Docker', ({ docker }) => docker],
  ['storage driver', ({ storageDriver }) => storageDriver ?? null],
];

/** In what the hosts of the two arms differ; what is not known of one of them is passed over. */
export function hostDifferences(baseline: HostFacts, candidate: HostFacts): readonly HostDifference[] {
  const found = FACTS.flatMap(([what, of, grave]): HostDifference[] => {
    const [one, other] = [of(baseline) ?? '', of(candidate) ?? ''];
    return one === other || one === '' || other === ''
      ? []
      : [{ what, baseline: String(one), candidate: String(other), grave: grave === 'grave' }];
  });
  const [one, other] = [baseline.memoryBytes, candidate.memoryBytes];
  const alike = Math.abs(one - other) <= ALIKE_MEMORY_SHARE * Math.max(one, other);
  const words = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;
  const memory = alike ? [] : [{ what: 'memory', baseline: words(one), candidate: words(other), grave: false }];
  const swap =
    (baseline.swapBytes ?? 0) > 0 === (candidate.swapBytes ?? 0) > 0 ||
    baseline.swapBytes === null ||
    candidate.swapBytes === null
      ? []
      : [{ what: 'swap', baseline: words(baseline.swapBytes), candidate: words(candidate.swapBytes), grave: false }];
  return [...found, ...memory, ...swap];
}
