import { compareVersions } from './package-version.js';
import type { Need, Package } from './packages.js';

/** The packages of the two images, by name. */
export interface PackagesOfBoth {
  readonly baseline: ReadonlyMap<string, Package>;
  readonly candidate: ReadonlyMap<string, Package>;
}

/**
 * The packages that must come from the baseline together with these, so that each package of the mixture has what it
 * needs. A package of the baseline may need a newer library; an older library may be too old for a package of the
 * candidate. A need that neither image meets is ignored.
 * @param chosen names of packages that come from the baseline; all others come from the candidate
 * @example consistent(['libmodsecurity3'], packages) // libmodsecurity3 and libc6
 */
export function consistent(chosen: Iterable<string>, { baseline, candidate }: PackagesOfBoth): ReadonlySet<string> {
  const set = new Set(chosen);
  const all = new Set([...baseline.keys(), ...candidate.keys()]);
  const fromBaseline = [...baseline].map(([name, one]) => [name, providersOf([one])] as const);
  const fromCandidate = providersOf(candidate.values());
  for (let before = -1; before !== set.size;) {
    before = set.size;
    // A package that only the candidate has is missing from the mixture if it is chosen.
    const mixed = [...all].flatMap((name) => (set.has(name) ? baseline : candidate).get(name) ?? []);
    const providers = providersOf(mixed);
    for (const { name, needs } of mixed) {
      for (const alternatives of needs) {
        const isMetBy = (providers: Providers): boolean => alternatives.some((need) => isMet(need, providers));
        if (isMetBy(providers)) continue;
        if (set.has(name)) for (const [other] of fromBaseline.filter(([, one]) => isMetBy(one))) set.add(other);
        else if (isMetBy(fromCandidate)) set.add(name);
      }
    }
  }
  return set;
}

/** Name → versions in which it is there; an empty version is that of a provider that states none. */
type Providers = ReadonlyMap<string, readonly string[]>;

function providersOf(packages: Iterable<Package>): Providers {
  const providers = new Map<string, string[]>();
  const add = (name: string, version: string): void => {
    const versions = providers.get(name);
    if (versions === undefined) providers.set(name, [version]);
    else versions.push(version);
  };
  for (const { name, version, provides } of packages) {
    add(name, version);
    for (const one of provides) add(one.name, one.version);
  }
  return providers;
}

function isMet({ name, relation, version }: Need, providers: Providers): boolean {
  const there = providers.get(name) ?? [];
  if (relation === null) return there.length > 0;
  return there.some((one) => one !== '' && HOLDS[relation](compareVersions(one, version)));
}

const HOLDS: Readonly<Record<NonNullable<Need['relation']>, (order: number) => boolean>> = {
  '<<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '=': (order) => order === 0,
  '>=': (order) => order >= 0,
  '>>': (order) => order > 0,
};
