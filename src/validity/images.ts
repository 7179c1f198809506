import type { Role } from '../evidence/index.js';
import type { ArmName, ContainerFacts, Recording, Scenario, TrialRecording } from '../model/index.js';
import type { CheckStatement, Finding } from '../results/index.js';

/** One version that ran from several images; null if each ran from its own in every trial. */
export function otherImages(trials: readonly TrialRecording[]): CheckStatement | null {
  const seen = new Map<string, { readonly trial: string; readonly imageId: string }>();
  for (const { trial, containers } of trials)
    for (const { service, imageId } of containers) {
      const key = JSON.stringify([trial.arm, service]);
      const before = seen.get(key);
      if (before !== undefined && before.imageId !== imageId)
        return { code: 'image-changed', facts: { service, trials: [before.trial, trial.id] } };
      seen.set(key, { trial: trial.id, imageId });
    }
  return null;
}

/** A judged role that both arms have, with all containers of it. */
type Shared = Readonly<Record<ArmName, readonly ContainerFacts[]>> & { readonly role: string };

/** Each judged role that both arms have, if all of them ran from the same images; null if one did not. */
function sameImages(expect: Scenario['expect'], trials: readonly TrialRecording[], roles: readonly Role[]) {
  if (expect === 'same') return null;
  const on = (arm: ArmName, services: readonly string[]): ContainerFacts[] =>
    trials
      .filter(({ trial }) => trial.arm === arm)
      .flatMap(({ containers }) => containers.filter(({ service }) => services.includes(service)));
  const shared = roles
    .filter(({ judged }) => judged)
    .map(({ role, services: { baseline, candidate } }): Shared => ({
      role,
      baseline: on('baseline', baseline),
      candidate: on('candidate', candidate),
    }))
    .filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  const isSame = (one: Shared): boolean => equal(...bothOf(one, 'imageId'));
  return shared.length > 0 && shared.every(isSame) ? shared : null;
}

type Both = readonly [baseline: ReadonlySet<string>, candidate: ReadonlySet<string>];

const bothOf = ({ baseline, candidate }: Shared, key: 'image' | 'imageId'): Both => [
  new Set(baseline.map((one) => one[key])),
  new Set(candidate.map((one) => one[key])),
];

const equal = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name));

/** Names that one has and the other does not have; all names of the one if there are none. */
const notIn = (other: ReadonlySet<string>, one: ReadonlySet<string>): string =>
  [...one].find((name) => !other.has(name)) ?? [...one].join(', ');

/** Other names for the same images: what was to be compared was not. */
export function renamedImages(
  { scenario: { expect } }: Recording['manifest'],
  trials: readonly TrialRecording[],
  roles: readonly Role[],
): CheckStatement | null {
  const same = sameImages(expect, trials, roles);
  const renamed = same?.map((one) => bothOf(one, 'image')).find((both) => !equal(...both));
  if (!same || renamed === undefined) return null;
  const [baseline, candidate] = renamed;
  const images = [notIn(candidate, baseline), notIn(baseline, candidate)] as const;
  return { code: 'images-alike', facts: { services: same.map(({ role }) => role), images } };
}

/** A warning if both versions ran from the same images: then only their settings and files can differ. */
export function alikeImages(
  { manifest: { scenario, trace } }: Recording,
  trials: readonly TrialRecording[],
  roles: readonly Role[],
): Finding[] {
  const same = trace === null ? null : sameImages(scenario.expect, trials, roles);
  if (same === null) return [];
  const services = same.map(({ role }) => role);
  return [
    {
      kind: 'images-alike',
      severity: 'warn',
      service: null,
      arm: null,
      said: { code: 'same-images', facts: { services } },
      value: services.length,
      threshold: 0,
      unit: 'services',
    },
  ];
}
