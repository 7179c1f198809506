import type { Role } from '../evidence/index.js';
import type { Integrity, Recording, TrialRecording } from '../model/index.js';
import type { CheckStatement, ValidityCheck } from '../results/index.js';
import { otherImages, renamedImages } from './images.js';

/** Checks that nothing in the recording is damaged, missing or changed. Nobody can know what was lost. */
export function recordingCheck({ integrity }: Recording): ValidityCheck[] {
  if (integrity === undefined) return [];
  const name = 'recording-whole';
  const said = objection(integrity);
  return said === null
    ? [{ name, ok: true, said: { code: 'recording-whole', facts: { sealed: integrity.sealed } } }]
    : [{ name, ok: false, said }];
}

function objection({ faults }: Integrity): CheckStatement | null {
  const [first] = faults;
  return first === undefined ? null : { code: 'recording-damaged', facts: { first, faults: faults.length } };
}

/**
 * Checks that each trial of a run names its containers and their images, and has no event of an unknown service. The
 * same version must have the same images in every trial.
 */
export function containersCheck(
  { manifest }: Recording,
  trials: readonly TrialRecording[],
  roles: readonly Role[],
): ValidityCheck[] {
  if (manifest.trace === null || trials.length === 0) return [];
  const name = 'containers-known';
  const said =
    trials.map(unknownIn).find((one) => one !== null) ?? otherImages(trials) ?? renamedImages(manifest, trials, roles);
  return said === null
    ? [{ name, ok: true, said: { code: 'containers-known', facts: {} } }]
    : [{ name, ok: false, said }];
}

function unknownIn({ trial: { id: trial }, containers, events, services }: TrialRecording): CheckStatement | null {
  if (containers.length === 0) return { code: 'containers-unknown', facts: { trial } };
  for (const { service, containers: read = [] } of services) {
    const ran = containers.filter((one) => one.service === service).map(({ container }) => container);
    const container = read.find((number) => !ran.includes(number));
    if (container !== undefined) return { code: 'readings-of-unknown-container', facts: { trial, service, container } };
  }
  const known = new Set(containers.map(({ service }) => service));
  const stray = events.find(({ service }) => !known.has(service));
  return stray === undefined
    ? null
    : { code: 'event-of-unknown-service', facts: { trial, service: stray.service, kind: stray.kind } };
}
