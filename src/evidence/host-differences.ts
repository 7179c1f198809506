import type { HostFacts } from '../model/index.js';
import type { HostDifference, HostTrait } from '../results/index.js';

/** Two machines of the same size never have exactly the same memory. */
const ALIKE_MEMORY_SHARE = 0.02;

type Fact = readonly [what: HostTrait, of: (host: HostFacts) => string | number | null, grave?: 'grave'];

const FACTS: readonly Fact[] = [
  ['architecture', ({ architecture }) => architecture, 'grave'],
  ['cpus', ({ cpus }) => cpus, 'grave'],
  ['cgroup-version', ({ cgroupVersion }) => cgroupVersion, 'grave'],
  ['processor', ({ cpuModel }) => cpuModel],
  ['kernel', ({ kernel }) => kernel],
  ['system', ({ os }) => os],
  ['docker', ({ docker }) => docker],
  ['storage-driver', ({ storageDriver }) => storageDriver ?? null],
];

/** The differences between the hosts of the two arms. What is unknown on one of them is left out. */
export function hostDifferences(baseline: HostFacts, candidate: HostFacts): readonly HostDifference[] {
  const found = FACTS.flatMap(([what, of, grave]): HostDifference[] => {
    const [one, other] = [of(baseline) ?? '', of(candidate) ?? ''];
    return one === other || one === '' || other === ''
      ? []
      : [{ what, baseline: one, candidate: other, grave: grave === 'grave' }];
  });
  return [...found, ...memoryDifference(baseline, candidate), ...swapDifference(baseline, candidate)];
}

function memoryDifference({ memoryBytes: one }: HostFacts, { memoryBytes: other }: HostFacts): HostDifference[] {
  const alike = Math.abs(one - other) <= ALIKE_MEMORY_SHARE * Math.max(one, other);
  return alike ? [] : [{ what: 'memory', baseline: one, candidate: other, grave: false }];
}

/** One host swaps and the other does not. */
function swapDifference({ swapBytes: one }: HostFacts, { swapBytes: other }: HostFacts): HostDifference[] {
  return one === null || other === null || one > 0 === other > 0
    ? []
    : [{ what: 'swap', baseline: one, candidate: other, grave: false }];
}
