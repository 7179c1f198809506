import { isDeepStrictEqual } from 'node:util';
import {
  ARMS,
  RECORDING_SCHEMA,
  SlopegateError,
  type ArmName,
  type Context,
  type Manifest,
  type Recording,
} from '../model/index.js';
import { createMergedDirectory } from '../journal/index.js';
import { readManifest } from '../recording/index.js';
import { say } from '../words/say.js';
import { readRun } from './judgement.js';
import { CHANGED_ARMS_HINT, firstDifference } from './resume.js';
import { refuseLiving } from './run-lock.js';
import { timeStamp } from './time-stamp.js';

/** One of the runs that are merged. */
interface Part {
  readonly directory: string;
  /** As it is on the disk. */
  readonly manifest: Manifest;
  readonly recording: Recording;
}

/**
 * Makes one run of several: each has other replicates of the same scenario, with the same traffic. Nothing is judged
 * here.
 * @param directories folders of the runs
 * @param root where the new folder is made
 * @returns the new folder
 * @throws SlopegateError MERGE_REFUSED if they do not belong together; RUN_UNREADABLE, DISK
 */
export async function mergeRuns(directories: readonly string[], root: string, context: Context): Promise<string> {
  const parts: Part[] = [];
  for (const directory of directories) parts.push(await readPart(directory, context));
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0)
    throw new SlopegateError('USAGE', 'name two or more runs to be merged', { hint: 'slopegate merge RUN RUN …' });
  for (const other of others) refuseUnlike(first, other);
  refuseTwice(parts);
  refuseMissing(parts);
  const sorted = [...parts].sort((a, b) => firstReplicate(a) - firstReplicate(b));
  const manifest = mergedManifest(sorted, context.clock.now());
  return createMergedDirectory(
    root,
    manifest,
    sorted.map(({ directory }) => directory),
  );
}

async function readPart(directory: string, context: Context): Promise<Part> {
  await refuseLiving(directory, context);
  const { manifest } = await readManifest(directory);
  if (manifest.schema !== RECORDING_SCHEMA || manifest.trace === null)
    throw refused(`${directory} was recorded by another version of slopegate, or elsewhere.`, 'Record it again.');
  const { recording, warnings } = await readRun(directory);
  const damage = warnings.find(({ code }) => code === 'files-damaged');
  if (damage !== undefined) throw refused(`${directory} is damaged. ${say(damage)}`, 'Get an undamaged copy of it.');
  if (recording.trials.length === 0) throw refused(`${directory} has no trials.`, 'Leave it out, or record it again.');
  return { directory, manifest, recording };
}

/** @throws SlopegateError MERGE_REFUSED for another scenario or other requests */
function refuseUnlike(first: Part, other: Part): void {
  const [ours, theirs] = [first, other].map(({ manifest }) => manifest.armDigests ?? null);
  const changed = ours == null || theirs == null ? null : firstDifference(ours, theirs);
  if (changed !== null)
    throw refused(
      `A compose file, a mounted file or a Dockerfile of the ${changed[0]} differs between ${other.directory} and ` +
        `${first.directory}.`,
      `${CHANGED_ARMS_HINT} Run all replicates from the same files.`,
    );
  const parts = ['scenario', 'trace'] as const;
  const versions = [first, other].map(({ manifest }) => manifest.host?.slopegate ?? null);
  if (versions[0] !== versions[1])
    throw refused(
      `${other.directory} was recorded by slopegate ${versions[1]}, ${first.directory} by ${versions[0]}.`,
      'Record all replicates with one version.',
    );
  const place = firstDifference(pick(first.manifest, parts), pick(other.manifest, parts));
  if (place === null) return;
  throw refused(
    `${other.directory} does not test the same as ${first.directory}: ${place.join('.')} is not the same.`,
    'Run the same scenario file with the same options everywhere, and with a stated rate (not auto or upTo).',
  );
}

/** @throws SlopegateError MERGE_REFUSED if two runs are the same, or have the same replicate */
function refuseTwice(parts: readonly Part[]): void {
  const runs = new Map<string, string>();
  const trials = new Map<string, string>();
  for (const { directory, manifest, recording } of parts) {
    const same = runs.get(manifest.runId);
    if (same !== undefined) throw refused(`${directory} is the same run as ${same}.`, 'Name each run once.');
    runs.set(manifest.runId, directory);
    for (const { trial } of recording.trials) {
      const pair = trial.purpose === 'confirmation' ? 'the pair that confirms' : `replicate ${trial.replicate}`;
      const holder = trials.get(pair);
      if (holder !== undefined && holder !== directory)
        throw refused(
          `${directory} and ${holder} both have ${pair}.`,
          'Use run --replicate with another number for each.',
        );
      trials.set(pair, directory);
    }
  }
}

/**
 * Replicates are those up to a planned look, without a gap: a person who chooses replicates could choose the verdict. A
 * replicate is there if both arms have a trial of it that was not set aside. A share that did not end says nothing,
 * unless a container died in it: that is judged, even without a trial of the other arm.
 * @throws SlopegateError MERGE_REFUSED
 */
function refuseMissing(parts: readonly Part[]): void {
  for (const { directory, recording } of parts) {
    const half = recording.trials.find(
      ({ complete, setAside, events }) => !complete && !setAside && events.length === 0,
    );
    if (half !== undefined)
      throw refused(`${directory} did not end: ${half.trial.id} is not complete.`, 'Run this share again.');
  }
  const { looks } = (parts[0] as Part).manifest.scenario.experiment;
  const trials = parts.flatMap(({ recording }) =>
    recording.trials.filter(({ trial }) => trial.purpose === 'replicate'),
  );
  const highest = Math.max(0, ...trials.map(({ trial }) => trial.replicate));
  const last = looks.find((look) => look >= highest) ?? highest;
  const isThere = (number: number): boolean => {
    const counting = trials.filter(({ trial, setAside }) => trial.replicate === number && !setAside);
    const has = (arm: ArmName): boolean => counting.some(({ trial }) => trial.arm === arm);
    return ARMS.every(has) || counting.some(({ complete }) => !complete);
  };
  const missing = Array.from({ length: last }, (_, index) => index + 1).filter((number) => !isThere(number));
  if (missing.length === 0) return;
  throw refused(
    `Replicates are missing: ${missing.join(', ')} of ${last}.`,
    'A replicate needs a trial of both arms that was not set aside. ' +
      `Add their runs, or run them again: slopegate run SCENARIO --replicate ${missing[0]}/${looks.at(-1) ?? last}`,
  );
}

const firstReplicate = ({ recording }: Part): number =>
  Math.min(...recording.trials.map(({ trial }) => (trial.purpose === 'confirmation' ? Infinity : trial.replicate)));

function mergedManifest(parts: readonly Part[], now: Date): Manifest {
  const [first] = parts as readonly [Part, ...Part[]];
  const hosts = ['host', 'candidateHost'] as const;
  const oneHost = parts.every((one) => isDeepStrictEqual(pick(one.manifest, hosts), pick(first.manifest, hosts)));
  const { daemons: _, calibration, ...kept } = first.manifest;
  const ends = parts.flatMap(({ manifest }) => manifest.endedAt ?? []).sort();
  return {
    ...kept,
    runId: `${first.manifest.scenario.name}-merged-${timeStamp(now)}`,
    startedAt: parts.map(({ manifest }) => manifest.startedAt).sort()[0] as string,
    endedAt: ends.at(-1) ?? now.toISOString(),
    // The noise of one host says nothing about another host.
    calibration: oneHost ? (calibration ?? null) : null,
    notes: [
      ...parts.flatMap(({ manifest }) => manifest.notes),
      { code: 'merged-runs', facts: { runs: parts.map(mergedRun) } },
    ],
  };
}

function mergedRun({ manifest, recording }: Part) {
  const pairs = recording.trials.map(({ trial }) => trial);
  const replicates = [...new Set(pairs.flatMap((one) => (one.purpose === 'replicate' ? [one.replicate] : [])))];
  const { host } = manifest;
  return {
    run: manifest.runId,
    replicates: replicates.sort((a, b) => a - b),
    confirms: pairs.some(({ purpose }) => purpose === 'confirmation'),
    processor: host?.cpuModel ?? '',
    cpus: host?.cpus ?? 0,
    memoryBytes: host?.memoryBytes ?? 0,
    kernel: host?.kernel ?? '',
  };
}

/** Some keys, with the values that JSON keeps. */
const pick = (manifest: Manifest, keys: readonly (keyof Manifest)[]): unknown =>
  JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, manifest[key] ?? null]))));

const refused = (message: string, hint: string): SlopegateError =>
  new SlopegateError('MERGE_REFUSED', message, { hint });
