import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type Docker from 'dockerode';
import { buildImages, resolveModel } from '../compose/cli.js';
import type { Line } from '../compose/failures.js';
import type { Compose } from '../compose/find-compose.js';
import { refuseLostHooks } from '../compose/hooks.js';
import type { ComposeModel } from '../compose/model.js';
import { refuseLarge, repositoryOf } from '../composefile/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { ensureImage, imageId } from '../docker/images.js';
import { readVersions } from '../docker/versions.js';
import { HOST_IMAGE } from '../armhost/forwarder.js';
import { needsHost } from '../armhost/mentions.js';
import { omitServices } from '../isolate/omit.js';
import { ARMS, SlopegateError, type ArmName, type Scenario } from '../model/index.js';
import type { Vault } from '../steps/index.js';
import { buildVariables } from './build-variables.js';
import { isolateArm } from './isolate-arm.js';
import { namesOfBuilds, planImages } from './plan-images.js';
import { abilitiesOf, type PreparedArm, type PreparedImage } from './prepared-arm.js';
import { prepareLens } from './prepare-lens.js';
import { refuse } from './refuse.js';
import { replaceTags } from './replace-tags.js';
import { answers } from './survey/answers.js';
import { surveyHostPaths } from './survey/host-paths.js';
import { subnetsInUse } from './survey/subnets-in-use.js';
import { withBases } from './with-bases.js';

export interface Preparation {
  readonly daemon: DockerConnection;
  readonly compose: Compose;
  readonly scenario: Scenario;
  readonly vault: Vault;
  readonly models: Readonly<Record<ArmName, ComposeModel>>;
  /** The arms that this daemon runs. */
  readonly run: readonly ArmName[];
  /** Slopegate's own folder on this machine. */
  readonly folder: string;
  /** On the containers that exist for a moment to read versions from. */
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/**
 * Builds and pulls on one daemon what the arms that it runs need, and reads the versions that the images declare.
 * @throws SlopegateError STACK_REFUSED before anything is built, for an arm that would reach out of itself
 */
export async function prepareArms(preparation: Preparation): Promise<Readonly<Record<ArmName, PreparedArm>>> {
  const { daemon, compose, models, run, scenario, signal, onLine } = preparation;
  const { docker } = daemon;
  const started = { baseline: remaining(preparation, 'baseline'), candidate: remaining(preparation, 'candidate') };
  const hostPaths = await surveyHostPaths(Object.values(started));
  const surroundings = {
    hostImage: HOST_IMAGE,
    hostPaths,
    ...abilitiesOf((await docker.version()).ApiVersion),
    volumesHere: await volumeNames(docker),
    publishedOn: await daemon.publishedOn(),
    elsewhere: !daemon.local,
    daemonSocket: daemon.socket,
    lens: null,
  };
  const subnets = await subnetsInUse(daemon);
  for (const arm of run) {
    const prepared = { model: models[arm], images: {}, ...surroundings };
    const ownedBy = { runId: scenario.name, trialId: arm, arm };
    const { refusals } = isolateArm({ prepared, owner: '', request: { scenario, arm } }, ownedBy, subnets);
    refuse(refusals, scenario.file);
  }

  const isTaken = scenario.stack.build === 'if-missing';
  const present = isTaken ? await presentOf(docker, namesOfBuilds(models)) : new Set<string>();
  const plan = planImages(started, present, models);
  for (const image of plan.found) onLine(`${image} is there and is not built again (stack.build: if-missing)`);
  const secrets = await buildVariables(plan, preparation);
  for (const model of plan.builds)
    await buildImages({ compose: { ...compose, env: { ...compose.env, ...secrets } }, signal, onLine }, model);
  for (const image of plan.pull) await ensureImage(docker, image, onLine, signal);
  const known = new Map<string, PreparedImage>();
  for (const name of new Set(ARMS.flatMap((arm) => Object.values(plan.images[arm])))) {
    signal.throwIfAborted();
    known.set(name, await inspectImage(preparation, name));
  }
  const isHostNeeded = Object.values(started).some((model) => needsHost(model, hostPaths));
  const hostImage = isHostNeeded ? await ensureImage(docker, HOST_IMAGE, onLine, signal) : HOST_IMAGE;
  const lensOf = await prepareLens(preparation, [...known.values()]);
  const prepared = (arm: ArmName): PreparedArm => ({
    ...surroundings,
    lens: lensOf?.(plan.images[arm]) ?? null,
    model: models[arm],
    hostImage,
    images: Object.fromEntries(
      Object.entries(plan.images[arm]).map(([service, name]) => [
        service,
        // People know a built image by the name that their file gives it.
        { ...known.get(name)!, name: started[arm].services[service]?.image ?? name },
      ]),
    ),
  });
  return { baseline: prepared('baseline'), candidate: prepared('candidate') };
}

async function presentOf(docker: DockerConnection['docker'], names: readonly string[]): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  for (const name of new Set(names)) if ((await imageId(docker, name)) !== null) present.add(name);
  return present;
}

/** Both arms' compose files, merged, interpolated and resolved. */
export async function resolveArms({
  compose,
  scenario,
  vault,
  signal,
}: Pick<Preparation, 'compose' | 'scenario' | 'vault' | 'signal'>): Promise<Readonly<Record<ArmName, ComposeModel>>> {
  const resolve = async (arm: ArmName): Promise<ComposeModel> => {
    const settings = scenario.arms[arm];
    const folder = dirname(settings.compose[0] ?? '/');
    for (const file of [...settings.compose, join(folder, '.env')]) await refusePipe(file);
    await refuseLarge(settings.compose);
    const resolved = await resolveModel({ compose, signal }, settings, vault.fill);
    refuseLostHooks(compose, omitServices(resolved, settings.omit ?? []).part, settings);
    const { model, unused } = replaceTags(resolved, settings.images ?? {});
    if (unused.length === 0) return withBases(model);
    const images = Object.values(resolved.services).flatMap(({ image, build }) =>
      image === undefined || build !== undefined ? [] : [repositoryOf(image)],
    );
    throw new SlopegateError(
      'COMPOSE_CONFIG',
      `arms.${arm}.images names ${unused.join(', ')}, but no image in its compose files has that name.`,
      { location: scenario.file, hint: `Its images: ${[...new Set(images)].sort().join(', ')}.` },
    );
  };
  return { baseline: await resolve('baseline'), candidate: await resolve('candidate') };
}

/** Compose would wait for a pipe for ever. */
async function refusePipe(file: string): Promise<void> {
  const found = await answers(file, stat(file));
  if (found === null || found.isFile() || found.isDirectory()) return;
  throw new SlopegateError('COMPOSE_CONFIG', `${file} is a pipe or a device, not a file.`, {
    location: file,
    hint: 'Compose can only read files: write the text into one.',
  });
}

/** An image of a service that is left out, or of an arm that runs elsewhere, is neither built nor pulled. */
function remaining({ scenario, models, run }: Preparation, arm: ArmName): ComposeModel {
  if (!run.includes(arm)) return { services: {} };
  return omitServices(models[arm], scenario.arms[arm].omit ?? []).part;
}

async function inspectImage({ daemon: { docker }, labels }: Preparation, name: string): Promise<PreparedImage> {
  const id = await imageId(docker, name);
  if (id === null)
    throw new SlopegateError('IMAGE_MISSING', `The image ${name} was built but no longer exists.`, {
      hint: 'Did another program remove images during the run? Start again.',
    });
  return { name, id, versions: await readVersions(docker, id, labels) };
}

/** The names of a daemon's volumes. */
export async function volumeNames(docker: Docker): Promise<string[]> {
  return (await docker.listVolumes()).Volumes.map(({ Name }) => Name);
}
