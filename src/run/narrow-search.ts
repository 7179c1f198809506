import { openImagePair, type ImagePair } from '../docker/image-pair.js';
import { removeImage } from '../docker/remove.js';
import { SlopegateError, type ErrorCode } from '../model/index.js';
import {
  consistent,
  findCauses,
  isDatabaseFile,
  partsOf,
  readPackages,
  type PackagesOfBoth,
  type Part,
  type Weighed,
} from '../narrow/index.js';
import { openHeapGauge } from '../observe/index.js';
import type { NarrowMixture } from '../results/index.js';
import { mixtureWords, partsWords } from '../words/narrow.js';
import { measureBatchOn, type MeasureOptions } from './measure-batch.js';
import { beyondBaseline, weighMixture } from './narrow-mixtures.js';
import type { NarrowSession } from './narrow-session.js';
import { allowedHostsOf, warmUp, type WeighedVersions } from './narrow-versions.js';

/** Errors of one mixture: its files do not fit together. Every other error ends the search. */
const OF_ONE_MIXTURE: readonly ErrorCode[] = [
  'START_FAILED',
  'NOT_READY',
  'STEP_FAILED',
  'OBSERVE_FAILED',
  'REPLAY_FAILED',
];

/** A mixture may take three times as long to start as the candidate, and never less than this. */
const LEAST_READY_SECONDS = 20;
const READY_FACTOR = 3;

export interface SearchOptions {
  /** Mixtures that are started at most. */
  readonly most: number;
  readonly onParts: (parts: readonly Part[]) => void;
  readonly onMixture: (mixture: NarrowMixture) => void;
}

/**
 * Reads both images, and looks for the parts that make the candidate grow.
 * @throws SlopegateError NARROW_REFUSED if the images have the same files
 */
export async function searchParts(session: NarrowSession, versions: WeighedVersions, options: SearchOptions) {
  const { scenario, docker, runId, signal, tell } = session;
  const { shapes, images, service } = versions;
  if (images.baseline.id === images.candidate.id) throw sameFiles(session, service, 'They are one image.');
  tell(`reading the files of both images of ${service}`);
  await using pair = await openImagePair({
    baseline: { docker: docker.daemons.baseline.docker, id: images.baseline.id },
    candidate: { docker: docker.daemons.candidate.docker, id: images.candidate.id },
    labels: docker.labelsOf(runId),
    isRead: isDatabaseFile,
    signal,
  });
  const packages = { baseline: readPackages(pair.baseline.texts), candidate: readPackages(pair.candidate.texts) };
  const parts = partsOf({ baseline: pair.baseline.tree, candidate: pair.candidate.tree }, packages);
  if (parts.length === 0) throw sameFiles(session, service, 'They differ only in their settings.');
  options.onParts(parts);
  tell(
    `${partsWords(parts)} differ. Each mixture of them is started as ${scenario.arms.candidate.label}, and weighed.`,
  );
  // The pair must stay open until the search has ended.
  return await findCauses({
    parts: parts.map(({ name }) => name),
    withNeeded: (some) => withNeeded(some, parts, packages),
    weigh: (some) => weighParts(session, versions, pair, parts, some, options),
    whole: shapes.map(({ row: { weights } }) => beyondBaseline(weights.candidate, weights.baseline) ?? 0),
    most: options.most,
  });
}

/** The parts, and those without whose packages theirs do not fit the rest. */
function withNeeded(some: readonly string[], parts: readonly Part[], packages: PackagesOfBoth): ReadonlySet<string> {
  const all = new Set(some);
  for (let before = -1; before !== all.size;) {
    before = all.size;
    const chosen = parts.filter(({ name }) => all.has(name)).flatMap((part) => part.packages);
    const needed = consistent(chosen, packages);
    // A package that differs in nothing that is exchanged is no part.
    for (const part of parts) if (part.packages.some((name) => needed.has(name))) all.add(part.name);
  }
  return all;
}

/** Makes the image of a mixture, starts it, weighs it, and removes both. */
async function weighParts(
  session: NarrowSession,
  { shapes, service, startSeconds }: WeighedVersions,
  pair: ImagePair,
  parts: readonly Part[],
  some: readonly string[],
  { onMixture }: SearchOptions,
): Promise<Weighed> {
  const { docker, traffic, clock, signal, tell, up } = session;
  const daemon = docker.daemons.candidate.docker;
  const chosen = new Set(some);
  const id = await pair.mix(parts.filter(({ name }) => chosen.has(name)).flatMap(({ paths }) => paths));
  const weigh = async (): Promise<NarrowMixture & Weighed> => {
    const readySeconds = Math.ceil(Math.max(LEAST_READY_SECONDS, READY_FACTOR * startSeconds));
    await using stack = await up('candidate', `narrow-${some.length}-${id.slice(7, 15)}`, {
      images: { [service]: id },
      readySeconds,
    });
    const options: MeasureOptions = {
      stack,
      gauge: await openHeapGauge(daemon, stack.containers),
      services: [service],
      sending: traffic.sending,
      allowedHosts: await allowedHostsOf(session),
      clock,
      signal,
    };
    await warmUp(
      shapes.map(({ shape }) => shape),
      options,
    );
    return await weighMixture(some, shapes, measureBatchOn(options));
  };
  try {
    const { bytes, ...mixture } = await weigh().catch((error: unknown) => unresolved(some, error));
    onMixture(mixture);
    tell(mixtureWords(mixture, parts.length));
    return { answer: mixture.answer, bytes };
  } finally {
    await removeImage(daemon, id);
  }
}

function unresolved(parts: readonly string[], error: unknown): NarrowMixture & Weighed {
  if (!(error instanceof SlopegateError) || !OF_ONE_MIXTURE.includes(error.code)) throw error;
  const failure = { code: error.code, message: error.message };
  return { parts, answer: 'unresolved', bytes: [], weights: [], failure };
}

function sameFiles({ scenario: { file } }: NarrowSession, service: string, why: string): SlopegateError {
  return new SlopegateError('NARROW_REFUSED', `The two images of ${service} have the same files. ${why}`, {
    location: file,
    hint:
      'The growth comes from the environment, the command, mounted files or another service. ' +
      '"slopegate stack diff" lists what differs.',
  });
}
