import type Docker from 'dockerode';
import { findCompose } from '../compose/find-compose.js';
import type { ComposeModel } from '../compose/model.js';
import type { Lens } from '../isolate/types.js';
import { libraryPath } from '../lens/index.js';
import { imageId } from '../docker/images.js';
import { HOST_IMAGE } from '../armhost/forwarder.js';
import { omitServices } from '../isolate/omit.js';
import {
  ARMS,
  type ArmName,
  type Change,
  type Refusal,
  type Scenario,
  type Stated,
  type UnknownFacts,
} from '../model/index.js';
import { createVault } from '../steps/index.js';
import { checkServices } from './check-services.js';
import { isolateArm } from './isolate-arm.js';
import { planImages } from './plan-images.js';
import { resolveArms, volumeNames } from './prepare-arms.js';
import { abilitiesOf, type PreparedImage } from './prepared-arm.js';
import type { Daemons } from './prepare-sites.js';
import { surveyHostPaths } from './survey/host-paths.js';
import { subnetsInUse } from './survey/subnets-in-use.js';
import { withoutSecrets } from './without-secrets.js';

/** What is assumed of a daemon that does not answer. */
const NEWEST_API = '1.45';

/** An arm as it would be started. */
export interface ShownArm {
  readonly arm: ArmName;
  readonly changes: readonly Change[];
  readonly refusals: readonly Refusal[];
  readonly model: ComposeModel;
  /** What could not be found out, so that the arm may be started a little differently. */
  readonly notes: readonly Stated<UnknownFacts>[];
}

/**
 * Transforms both arms as a run would, and starts, builds and pulls nothing. Without a daemon it is told what is
 * missing. Secrets are stars.
 */
export async function showStack(job: {
  readonly daemons: Daemons;
  readonly scenario: Scenario;
  /** Slopegate's own folder on this machine. */
  readonly folder: string;
  readonly signal: AbortSignal;
}): Promise<Readonly<Record<ArmName, ShownArm>>> {
  const { daemons, scenario, folder, signal } = job;
  const lens = scenario.observe?.lens === 'auto';
  const vault = createVault(daemons.baseline.env);
  const models = await resolveArms({
    compose: await findCompose(daemons.baseline.env, signal),
    scenario,
    vault,
    signal,
  });
  checkServices(scenario, models);
  const { images } = planImages(models);
  const started = ARMS.map((arm) => omitServices(models[arm], scenario.arms[arm].omit ?? []).part);
  const hostPaths = await surveyHostPaths(started);
  const show = async (arm: ArmName): Promise<ShownArm> => {
    const { docker, local, socket } = daemons[arm];
    const subnets = await subnetsInUse(daemons[arm]).catch(() => null);
    const version = subnets === null ? null : await docker.version();
    const known = subnets === null ? {} : await present(docker, images[arm]);
    const prepared = {
      model: models[arm],
      images: known,
      hostImage: HOST_IMAGE,
      hostPaths,
      volumesHere: subnets === null ? null : await volumeNames(docker),
      ...abilitiesOf(version?.ApiVersion ?? NEWEST_API),
      publishedOn: await daemons[arm].publishedOn(),
      elsewhere: !local,
      daemonSocket: socket,
      lens: lens && local ? { library: libraryPath(folder), hook: null, preloaded: allOf(models[arm]) } : null,
    };
    const { changes, refusals, model } = isolateArm(
      { prepared, owner: 'shown', request: { scenario, arm } },
      { runId: scenario.name, trialId: 'r1', arm },
      subnets ?? [],
    );
    const absent = Object.keys(images[arm]).filter(
      (service) => !Object.hasOwn(known, service) && Object.hasOwn(model.services, service),
    );
    const notes: readonly Stated<UnknownFacts>[] = [
      ...(subnets === null ? [{ code: 'daemon-silent', facts: {} } as const] : []),
      ...(absent.length > 0 && subnets !== null
        ? [{ code: 'images-absent', facts: { services: absent } } as const]
        : []),
    ];
    return JSON.parse(
      vault.mask(JSON.stringify({ arm, changes, refusals, model: withoutSecrets(model), notes })),
    ) as ShownArm;
  };
  const [baseline, candidate] = await Promise.all(ARMS.map(show));
  return { baseline: baseline!, candidate: candidate! };
}

/** What the images preload is found out when they are there. */
function allOf({ services }: ComposeModel): Lens['preloaded'] {
  return Object.fromEntries(Object.keys(services).map((name) => [name, { libraries: '', nodeOptions: '' }]));
}

async function present(
  docker: Docker,
  names: Readonly<Record<string, string>>,
): Promise<Record<string, PreparedImage>> {
  const found = await Promise.all(
    Object.entries(names).map(async ([service, name]) => [service, name, await imageId(docker, name)] as const),
  );
  return Object.fromEntries(
    found.flatMap(([service, name, id]) => (id === null ? [] : [[service, { name, id, versions: {} }] as const])),
  );
}
