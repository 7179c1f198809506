import { isDeepStrictEqual } from 'node:util';
import { RECORDING_SCHEMA, SlopegateError, type Context, type Manifest, type Recording } from '../model/index.js';
import { createMergedDirectory, readManifest } from '../recording/index.js';
import { say } from '../words/say.js';
import { readRun } from './judgement.js';
import { firstDifference } from './resume.js';
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
  const parts = ['scenario', 'trace'] as const;
  const place = firstDifference(pick(first.manifest, parts), pick(other.manifest, parts));
  if (place === null) return;
  throw refused(
    `${other.directory} is a run of something else than ${first.directory}: ${place.join('.')} is not the same.`,
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
    // The noise of one host says nothing of another one.
    calibration: oneHost ? (calibration ?? null) : null,
    notes: [
      ...parts.flatMap(({ manifest }) => manifest.notes),
      { code: 'merged-runs', facts: { runs: parts.map(told) } },
    ],
  };
}

function told({ manifest, recording }: Part) {
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
