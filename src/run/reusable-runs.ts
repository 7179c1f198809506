import { isDeepStrictEqual } from 'node:util';
import { basename } from 'node:path';
import type { ArmsNow } from '../arms/index.js';
import { acceptancesOf } from '../findings/index.js';
import { ARMS, SlopegateError, type Recording } from '../model/index.js';
import { buildResult } from '../report/index.js';
import type { Result } from '../results/index.js';
import { shareATrial } from '../validity/index.js';
import type { UnusedRun } from '../words/unused-run.js';
import type { ExistingRun } from './existing-runs.js';
import { judgeRecording, readRun } from './judgement.js';
import { version } from './version.js';

/** What a run would be if it began now. */
export interface Now {
  readonly arms: ArmsNow;
  readonly time: Date;
}

/** A run that compared the same as a run would compare now. */
export interface ReusableRun {
  readonly directory: string;
  /** Null if it cannot be used: it is damaged or INVALID, or ended early. Its version must be run again. */
  readonly result: Result | null;
}

interface ReadRun extends ReusableRun {
  readonly run: ExistingRun;
  readonly why: 'damaged' | 'not-ended' | 'invalid' | null;
  /** Null if it cannot be read. */
  readonly recording: Recording | null;
}

type Tell = (unused: UnusedRun) => void;

/**
 * Of the runs of one scenario, those that had the same compose files, images and acceptances as a run would have now.
 * Each is independent of the others: of a run and its copies, or of a merged run and its parts, one is kept.
 * @param runs the oldest first; the answer has the same order
 * @param tell is called with each run that is not used
 */
export async function reusableRuns(
  runs: readonly ExistingRun[],
  now: Now,
  tell: Tell,
): Promise<readonly ReusableRun[]> {
  const same: ReadRun[] = [];
  for (const run of runs) {
    const read = wasTheSame(run, now, tell) ? await readWhole(run) : null;
    if (read !== null && hadTheImages(read, now.arms, tell)) same.push(read);
  }
  const independent = withoutCopies(same, tell);
  for (const { run, why } of independent) if (why !== null) tell({ run: nameOf(run), why });
  return independent;
}

const nameOf = ({ directory }: ExistingRun): string => basename(directory);

function wasTheSame(run: ExistingRun, { arms, time }: Now, tell: Tell): boolean {
  const { startedAt, armDigests, scenario } = run.manifest;
  const validAt = (at: string): unknown => acceptancesOf(scenario.gate.accepted ?? [], at).valid;
  if (!isDeepStrictEqual(validAt(startedAt), validAt(time.toISOString())))
    tell({ run: nameOf(run), why: 'acceptances-expired' });
  else if (armDigests === undefined) tell({ run: nameOf(run), why: 'arms-unknown' });
  else if (!isDeepStrictEqual({ ...armDigests }, { ...arms.digests })) tell({ run: nameOf(run), why: 'arms-differ' });
  else return true;
  return false;
}

async function readWhole(run: ExistingRun): Promise<ReadRun> {
  const { directory, manifest } = run;
  try {
    const { recording, warnings } = await readRun(directory);
    const verdict = judgeRecording(recording);
    const isDamaged = warnings.some(({ code }) => code === 'files-damaged');
    const isEnded = manifest.endedAt !== null && verdict.next === 'stop';
    const why = isDamaged ? 'damaged' : !isEnded ? 'not-ended' : verdict.outcome === 'invalid' ? 'invalid' : null;
    const result = why === null ? buildResult(recording, verdict, version()) : null;
    return { run, directory, recording, why, result };
  } catch (error) {
    if (!(error instanceof SlopegateError)) throw error;
    return { run, directory, recording: null, why: 'damaged', result: null };
  }
}

/** Only images that are here now can be compared. */
function hadTheImages({ run, recording }: ReadRun, { imageIds }: ArmsNow, tell: Tell): boolean {
  const services = ARMS.flatMap((arm) =>
    (recording?.trials ?? [])
      .filter(({ trial }) => trial.arm === arm)
      .flatMap(({ containers }) => containers)
      .filter(({ service, imageId }) => (imageIds[arm][service] ?? imageId) !== imageId)
      .map(({ service }) => service),
  );
  if (services.length > 0) tell({ run: nameOf(run), why: 'images-differ', services: [...new Set(services)] });
  return services.length === 0;
}

/** A run that can be used is kept before one that cannot, and a merged run before its parts. */
function withoutCopies(runs: readonly ReadRun[], tell: Tell): readonly ReadRun[] {
  const kept: ReadRun[] = [];
  for (const one of [...runs].sort((a, b) => rank(b) - rank(a) || trialsOf(b) - trialsOf(a))) {
    const original = kept.find((other) => isCopy(one, other));
    if (original === undefined) kept.push(one);
    else tell({ run: nameOf(one.run), why: 'copy', of: nameOf(original.run) });
  }
  return runs.filter((one) => kept.includes(one));
}

const rank = ({ result }: ReadRun): number => (result === null ? 0 : 1);
const trialsOf = ({ recording }: ReadRun): number => recording?.trials.length ?? 0;

function isCopy(one: ReadRun, other: ReadRun): boolean {
  if (one.run.manifest.runId === other.run.manifest.runId) return true;
  return one.recording !== null && other.recording !== null && shareATrial(one.recording, other.recording);
}
