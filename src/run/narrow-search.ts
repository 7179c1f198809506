import { openImagePair } from '../docker/image-pair.js';
import { removeImage } from '../docker/remove.js';
import { SlopegateError, type ChangedService, type ErrorCode } from '../model/index.js';
import {
  consistent,
  findCauses,
  isDatabaseFile,
  partsOf,
  readPackages,
  settingPart,
  type CausesFound,
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

/** A mixture may take three times as long to start as the candidate, and always at least this long. */
const LEAST_READY_SECONDS = 20;
const READY_FACTOR = 3;

export interface SearchOptions {
  /** Mixtures that are started at most. */
  readonly most: number;
  readonly onParts: (parts: readonly Part[]) => void;
  readonly onMixture: (mixture: NarrowMixture) => void;
}

/** What differs, and how a mixture of it is made. */
interface Differences {
  readonly parts: readonly Part[];
  readonly packages: PackagesOfBoth;
  /** Makes an image with these paths of the baseline, and returns its content id. */
  readonly mix: (paths: readonly string[]) => Promise<string>;
}

/**
 * Reads both images, and looks for the parts that make the candidate grow.
 * @throws SlopegateError NARROW_REFUSED if neither files nor settings differ
 */
export async function searchParts(
  session: NarrowSession,
  versions: WeighedVersions,
  options: SearchOptions,
): Promise<CausesFound> {
  const { docker, runId, signal, tell } = session;
  const { images, service } = versions;
  const settings = docker.stack.differingSettings(runId, service).map(settingPart);
  if (images.baseline.id === images.candidate.id) {
    const mix = (): Promise<string> => Promise.reject(new Error('one image has no mixtures'));
    return search(session, versions, { parts: settings, packages: NO_PACKAGES, mix }, options);
  }
  tell(`reading the files of both images of ${service}`);
  await using pair = await openImagePair({
    baseline: { docker: docker.daemons.baseline.docker, id: images.baseline.id },
    candidate: { docker: docker.daemons.candidate.docker, id: images.candidate.id },
    labels: docker.labelsOf(runId),
    isRead: isDatabaseFile,
    signal,
  });
  const packages = { baseline: readPackages(pair.baseline.texts), candidate: readPackages(pair.candidate.texts) };
  const files = partsOf({ baseline: pair.baseline.tree, candidate: pair.candidate.tree }, packages);
  // The pair must stay open until the search has ended.
  return await search(
    session,
    versions,
    { parts: [...files, ...settings], packages, mix: (paths) => pair.mix(paths) },
    options,
  );
}

const NO_PACKAGES: PackagesOfBoth = { baseline: new Map(), candidate: new Map() };

function search(
  session: NarrowSession,
  versions: WeighedVersions,
  differences: Differences,
  options: SearchOptions,
): Promise<CausesFound> {
  const { parts, packages } = differences;
  if (parts.length === 0) throw nothingDiffers(session, versions.service);
  options.onParts(parts);
  const { label } = session.scenario.arms.candidate;
  session.tell(`differences: ${partsWords(parts)}. Mixtures of them are started as "${label}", and weighed.`);
  return findCauses({
    parts: parts.map(({ name }) => name),
    withNeeded: (some) => withNeeded(some, parts, packages),
    weigh: (some) => weighParts(session, versions, differences, some, options),
    whole: versions.shapes.map(({ row: { weights } }) => beyondBaseline(weights.candidate, weights.baseline) ?? 0),
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
  versions: WeighedVersions,
  { parts, mix }: Differences,
  some: readonly string[],
  { onMixture }: SearchOptions,
): Promise<Weighed> {
  const chosen = parts.filter(({ name }) => some.includes(name));
  const settings = chosen.filter(({ kind }) => kind === 'setting').map(({ name }) => name);
  const paths = chosen.flatMap((part) => part.paths);
  const imageId = paths.length === 0 ? null : await mix(paths);
  try {
    const changed = { service: versions.service, imageId, settings };
    const weighed = await weighChanged(session, versions, some, changed).catch((error: unknown) =>
      unresolved(some, error),
    );
    const { bytes, ...mixture } = weighed;
    onMixture(mixture);
    session.tell(mixtureWords(mixture, parts.length));
    return { answer: mixture.answer, bytes };
  } finally {
    if (imageId !== null) await removeImage(session.docker.daemons.candidate.docker, imageId);
  }
}

/** Starts the candidate with a changed service, and weighs it. */
async function weighChanged(
  session: NarrowSession,
  { shapes, startSeconds }: WeighedVersions,
  parts: readonly string[],
  changed: ChangedService,
): Promise<NarrowMixture & Weighed> {
  const { docker, traffic, clock, signal, up } = session;
  const readySeconds = Math.ceil(Math.max(LEAST_READY_SECONDS, READY_FACTOR * startSeconds));
  await using stack = await up('candidate', 'narrow-mixture', { ...changed, readySeconds });
  const options: MeasureOptions = {
    stack,
    gauge: await openHeapGauge(docker.daemons.candidate.docker, stack.containers),
    services: [changed.service],
    sending: traffic.sending,
    allowedHosts: await allowedHostsOf(session),
    clock,
    signal,
  };
  await warmUp(
    shapes.map(({ shape }) => shape),
    options,
  );
  return await weighMixture(parts, shapes, measureBatchOn(options));
}

function unresolved(parts: readonly string[], error: unknown): NarrowMixture & Weighed {
  if (!(error instanceof SlopegateError) || !OF_ONE_MIXTURE.includes(error.code)) throw error;
  const failure = { code: error.code, message: error.message };
  return { parts, answer: 'unresolved', bytes: [], weights: [], failure };
}

function nothingDiffers({ scenario: { file } }: NarrowSession, service: string): SlopegateError {
  return new SlopegateError('NARROW_REFUSED', `Both versions of ${service} have the same files and settings.`, {
    location: file,
    hint: 'The growth comes from something else: "slopegate stack diff" lists what differs between the versions.',
  });
}
