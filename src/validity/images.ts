import type { CheckStatement, ContainerFacts, Finding, Recording, TrialRecording } from '../model/index.js';

/** One version that ran from several images; null where each ran from its own in every trial. */
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

/** Both arms of each judged service that both have, where all ran from the same images; null where one did not. */
function sameImages(
  { scenario: { expect, stack } }: Recording['manifest'],
  trials: readonly TrialRecording[],
): (readonly [ContainerFacts, ContainerFacts])[] | null {
  if (expect === 'same') return null;
  const on = (arm: string): ContainerFacts[] =>
    trials.filter(({ trial }) => trial.arm === arm).flatMap(({ containers }) => containers);
  const candidate = on('candidate');
  const shared = on('baseline').flatMap((one): (readonly [ContainerFacts, ContainerFacts])[] => {
    const other = candidate.find(({ service }) => service === one.service);
    return other === undefined || stack.unjudged.includes(one.service) ? [] : [[one, other]];
  });
  return shared.length > 0 && shared.every(([one, other]) => one.imageId === other.imageId) ? shared : null;
}

/** Other names for the same images: what was to be compared was not. */
export function renamedImages(
  manifest: Recording['manifest'],
  trials: readonly TrialRecording[],
): CheckStatement | null {
  const same = sameImages(manifest, trials);
  const renamed = same?.find(([one, other]) => one.image !== other.image);
  if (!same || renamed === undefined) return null;
  const services = [...new Set(same.map(([{ service }]) => service))];
  return { code: 'images-alike', facts: { services, images: [renamed[0].image, renamed[1].image] } };
}

/** A warning where both versions ran from the same images: then only their settings and files can differ. */
export function alikeImages({ manifest }: Recording, trials: readonly TrialRecording[]): Finding[] {
  const same = manifest.trace === null ? null : sameImages(manifest, trials);
  if (same === null) return [];
  const services = [...new Set(same.map(([{ service }]) => service))];
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
