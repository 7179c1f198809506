import type Docker from 'dockerode';
import { buildImages, resolveModel } from '../compose/cli.js';
import type { Line } from '../compose/failures.js';
import type { Compose } from '../compose/find-compose.js';
import type { ComposeModel } from '../compose/model.js';
import { repositoryOf } from '../composefile/index.js';
import type { DockerConnection } from '../docker/connect.js';
import { ensureImage, imageId } from '../docker/images.js';
import { readVersions } from '../docker/versions.js';
import { HOST_IMAGE } from '../isolate/host/forwarder.js';
import { needsHost } from '../isolate/host/mentions.js';
import { omitServices } from '../isolate/omit.js';
import type { HostPaths } from '../isolate/paths/host-path.js';
import { ARMS, SlopegateError, type ArmName, type Scenario } from '../model/index.js';
import type { Vault } from '../steps/index.js';
import { namesOfBuilds, planImages } from './plan-images.js';
import { replaceTags } from './replace-tags.js';
import { surveyHostPaths } from './survey/host-paths.js';

/** An arm that can be brought up at once: its resolved model, and what each service is started from. */
export interface PreparedArm {
  readonly model: ComposeModel;
  readonly images: Readonly<Record<string, PreparedImage>>;
  /** Image of the container that is its own host, where it needs one. */
  readonly hostImage: string;
  /** What stands at the host paths that it mounts. */
  readonly hostPaths: HostPaths;
  /** Whether the engine can check health while a container starts and then leave it alone. */
  readonly startupChecks: boolean;
  /** Whether the engine can mount a file or a folder of a volume. */
  readonly subpaths: boolean;
  /** Names of the daemon's volumes; null where they are not known. */
  readonly volumesHere: readonly string[] | null;
  /** Address of the daemon's host that ports are published on, and whether that host is another machine. */
  readonly publishedOn: string;
  readonly elsewhere: boolean;
  /** The daemon's socket on this machine; null where it is reached otherwise. */
  readonly daemonSocket: string | null;
}

/** The first API in which a health check has an interval of its own for the start: Engine 25. */
const START_INTERVAL_API = 1.44;
/** The first API that mounts a part of a volume: Engine 26. */
const SUBPATH_API = 1.45;

/** What an engine of this API can do for an arm. */
export function abilitiesOf(api: string): Pick<PreparedArm, 'startupChecks' | 'subpaths'> {
  const version = Number(api);
  return { startupChecks: version >= START_INTERVAL_API, subpaths: version >= SUBPATH_API };
}

export interface PreparedImage {
  readonly name: string;
  /** Trials start this id, so that a tag that moves in the middle of a run changes nothing. */
  readonly id: string;
  readonly versions: Readonly<Record<string, string>>;
}

export interface Preparation {
  readonly daemon: DockerConnection;
  readonly compose: Compose;
  readonly scenario: Scenario;
  readonly models: Readonly<Record<ArmName, ComposeModel>>;
  /** The arms that this daemon runs. */
  readonly run: readonly ArmName[];
  /** On the containers that exist for a moment to read versions from. */
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/** Builds and pulls on one daemon what the arms that it runs need, and reads the versions that the images declare. */
export async function prepareArms(preparation: Preparation): Promise<Readonly<Record<ArmName, PreparedArm>>> {
  const { daemon, compose, models, signal, onLine } = preparation;
  const { docker } = daemon;
  const started = { baseline: remaining(preparation, 'baseline'), candidate: remaining(preparation, 'candidate') };
  const isTaken = preparation.scenario.stack.build === 'if-missing';
  const plan = planImages(started, isTaken ? await presentOf(docker, namesOfBuilds(started)) : new Set());
  for (const image of plan.found) onLine(`${image} is there and is not built again (stack.build: if-missing)`);
  if (plan.build !== null) await buildImages({ compose, signal, onLine }, plan.build);
  for (const image of plan.pull) await ensureImage(docker, image, onLine, signal);

  const known = new Map<string, PreparedImage>();
  for (const name of new Set(ARMS.flatMap((arm) => Object.values(plan.images[arm])))) {
    signal.throwIfAborted();
    known.set(name, await inspectImage(preparation, name));
  }
  const hostPaths = await surveyHostPaths(Object.values(started));
  const isHostNeeded = Object.values(started).some((model) => needsHost(model, hostPaths));
  const hostImage = isHostNeeded ? await ensureImage(docker, HOST_IMAGE, onLine, signal) : HOST_IMAGE;
  const volumesHere = await volumeNames(docker);
  const abilities = abilitiesOf((await docker.version()).ApiVersion);
  const publishedOn = await daemon.publishedOn();
  const prepared = (arm: ArmName): PreparedArm => ({
    model: models[arm],
    hostImage,
    hostPaths,
    ...abilities,
    volumesHere,
    publishedOn,
    elsewhere: !daemon.local,
    daemonSocket: daemon.socket,
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
}: Pick<Preparation, 'compose' | 'scenario' | 'signal'> & { readonly vault: Vault }): Promise<
  Readonly<Record<ArmName, ComposeModel>>
> {
  const resolve = async (arm: ArmName): Promise<ComposeModel> => {
    const settings = scenario.arms[arm];
    const resolved = await resolveModel({ compose, signal }, settings, vault.fill);
    const { model, unused } = replaceTags(resolved, settings.images ?? {});
    if (unused.length === 0) return model;
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
