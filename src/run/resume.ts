import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Daemons } from '../arms/index.js';
import {
  ARMS,
  RECORDING_SCHEMA,
  SlopegateError,
  type Context,
  type Manifest,
  type Recording,
  type Scenario,
} from '../model/index.js';
import { readManifest } from '../recording/index.js';
import { portableScenario } from '../scenario/index.js';
import { readRun } from './judgement.js';
import { refuseLiving } from './run-lock.js';
import { say } from '../words/say.js';

/** A run that ended before its plan did. */
export interface CutOff {
  readonly directory: string;
  /** The manifest on the disk. */
  readonly manifest: Manifest;
  readonly recording: Recording;
}

/**
 * Reads a run that should be finished.
 * @throws SlopegateError RESUME_REFUSED if it still runs, is damaged, or belongs to another scenario; RUN_UNREADABLE
 */
export async function openCutOff(directory: string, given: Scenario, context: Context): Promise<CutOff> {
  await refuseLiving(directory, context);
  const { manifest } = await readManifest(directory);
  if (manifest.schema !== RECORDING_SCHEMA || manifest.trace === null)
    throw refused(directory, 'it was recorded by another version of slopegate, or elsewhere.');
  const { recording, warnings } = await readRun(directory);
  const damage = warnings.find(({ code }) => code === 'files-damaged');
  if (damage !== undefined) throw refused(directory, `its recording is damaged. ${say(damage)}`);
  const place = firstDifference(plain(portableScenario(atRateOf(given, manifest))), plain(manifest.scenario));
  if (place !== null)
    throw refused(directory, `it is a run of another scenario: ${place.join('.')} is not the same.`, {
      hint: 'Resume with the scenario file, and the options, that the run was begun with.',
    });
  return { directory, manifest, recording };
}

/** The rate that was found at the start of a run, or lowered there, is used for all of it. */
export function atRateOf(scenario: Scenario, { scenario: { traffic } }: Pick<Manifest, 'scenario'>): Scenario {
  return scenario.traffic.rateMode === 'auto' || scenario.traffic.rateMode === 'upTo'
    ? { ...scenario, traffic: { ...scenario.traffic, rate: traffic.rate } }
    : scenario;
}

/** @throws SlopegateError RESUME_REFUSED if the run began on another host or with another Docker */
export function refuseOtherHost({ directory, manifest }: CutOff, now: HostsOf): void {
  const pick = ({ host, candidateHost = null, daemons }: HostsOf): unknown => plain({ host, candidateHost, daemons });
  const place = firstDifference(pick(now), pick(manifest));
  if (place === null) return;
  throw refused(
    directory,
    `it was begun on another host, or the host was changed: ${place.join('.')} is not the same.`,
    {
      hint: 'Pairs of two hosts cannot be compared with each other: begin a new run.',
    },
  );
}

/**
 * @throws SlopegateError RESUME_REFUSED if the run began with other compose files, mounted files or Dockerfiles. The
 *   run of an older slopegate does not say with which.
 */
export function refuseOtherArms({ directory, manifest }: CutOff, now: NonNullable<Manifest['armDigests']>): void {
  const place = manifest.armDigests === undefined ? null : firstDifference(plain(now), plain(manifest.armDigests));
  if (place === null) return;
  throw refused(directory, `a compose file, a mounted file or a Dockerfile of the ${place[0]} was changed.`, {
    hint: CHANGED_ARMS_HINT,
  });
}

/** A folder in which something writes, for example logs, changes all the time. */
export const CHANGED_ARMS_HINT =
  'Begin a new run. If a mounted folder changes all the time, for example one with logs, leave its mount out with ' +
  'arms.X.without.';

type HostsOf = Pick<Manifest, 'host' | 'candidateHost' | 'daemons'>;

/** @throws SlopegateError RESUME_REFUSED if the run began with other requests */
export function refuseOtherTrace({ directory, manifest }: CutOff, now: Manifest['trace']): void {
  const place = firstDifference(plain(now), plain(manifest.trace));
  if (place === null) return;
  throw refused(directory, `its traffic was different: trace.${place.join('.')} is not the same.`, {
    hint: 'Recorded requests, secrets in headers and the version of slopegate must be the same as when the run began.',
  });
}

/** A digest that distinguishes the daemons of the arms from all others without naming them. */
export async function daemonsOf(daemons: Daemons, runId: string): Promise<readonly string[]> {
  return Promise.all(
    ARMS.map(async (arm) => {
      const { ID = '' } = (await daemons[arm].docker.info()) as { readonly ID?: string };
      return createHash('sha256').update(`${runId}\n${ID}`).digest('hex').slice(0, 16);
    }),
  );
}

function refused(directory: string, why: string, details: { readonly hint?: string } = {}): SlopegateError {
  return new SlopegateError('RESUME_REFUSED', `This run cannot be resumed: ${why}`, {
    location: directory,
    ...details,
  });
}

/** The value that JSON keeps of it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The path to the first value in which two documents differ; null if they are equal. */
export function firstDifference(one: unknown, other: unknown): readonly string[] | null {
  if (isDeepStrictEqual(one, other)) return null;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [];
  const [left, right] = [one, other] as Readonly<Record<string, unknown>>[];
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const inside = firstDifference(left?.[key], right?.[key]);
    if (inside !== null) return [key, ...inside];
  }
  return null;
}
