import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { findCompose } from '../compose/find-compose.js';
import type { ComposeModel } from '../compose/model.js';
import { hostPathsOf } from '../hostpaths/sources.js';
import { omitServices } from '../isolate/omit.js';
import { ARMS, type ArmDifference, type ArmName, type Scenario } from '../model/index.js';
import { createVault } from '../steps/index.js';
import { diffModels } from './differences/diff-stack.js';
import { planImages } from './plan-images.js';
import { resolveArms } from './prepare-arms.js';
import type { Daemons } from './prepare-sites.js';
import { answers } from './survey/answers.js';
import { digestOf } from './survey/digests.js';
import { imageIdsHere } from './survey/image-ids-here.js';
import { withoutSecrets } from './without-secrets.js';

/** What the arms would be made of if they were started now. */
export interface ArmsNow {
  /** Digests of each arm's compose model without secrets, of the files that it mounts, and of its Dockerfiles. */
  readonly digests: Readonly<Record<ArmName, string>>;
  /** Content ids by service, of the images that are not built here and are on the daemon. */
  readonly imageIds: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
  /** What differs between the arms, without secrets. */
  readonly differences: readonly ArmDifference[];
}

interface Job {
  readonly daemons: Daemons;
  readonly scenario: Scenario;
  readonly signal: AbortSignal;
}

/**
 * Reads the compose files of both arms and everything that they mount. Builds, pulls and starts nothing.
 * @throws SlopegateError COMPOSE_CONFIG, COMPOSE_MISSING
 */
export async function armsNow({ daemons, scenario, signal }: Job): Promise<ArmsNow> {
  const vault = createVault(daemons.baseline.env);
  const compose = await findCompose(daemons.baseline.env, signal);
  const models = await resolveArms({ compose, scenario, vault, signal });
  const started = (arm: ArmName): ComposeModel => omitServices(models[arm], scenario.arms[arm].omit ?? []).part;
  const [baseline, candidate] = await Promise.all(
    ARMS.map((arm) => digestOfModel(started(arm), dirname(scenario.file), vault.mask)),
  );
  const { images, pull } = planImages({ baseline: started('baseline'), candidate: started('candidate') });
  const pulled = (arm: ArmName) =>
    Object.fromEntries(Object.entries(images[arm]).filter(([, name]) => pull.includes(name)));
  return {
    digests: { baseline: baseline!, candidate: candidate! },
    differences: await diffModels({ daemons, scenario }, models, vault.mask),
    imageIds: await imageIdsHere(daemons, { baseline: pulled('baseline'), candidate: pulled('candidate') }),
  };
}

/**
 * A digest of a compose model without its secrets, of the files that it mounts, and of its Dockerfiles. The name of the
 * project and the place of the scenario's folder do not count: paths near it are written from there. A mounted path
 * that is too large or cannot be read counts by its name.
 * @example await digestOfModel(model, '/home/me/waf', (text) => text)
 */
export async function digestOfModel(
  model: ComposeModel,
  folder: string,
  mask: (text: string) => string,
): Promise<string> {
  const paths = [...hostPathsOf(model), ...buildsOf(model).map(({ dockerfile }) => dockerfile)];
  const files = await Promise.all(
    paths.map(async (path) => [path, await digestOf((await answers(path, realpath(path))) ?? path)]),
  );
  const ofHost = new Set([...paths, ...buildsOf(model).map(({ context }) => context)]);
  const near = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && ofHost.has(value) ? fromFolder(folder, value) : value;
  const { name = '', ...rest } = withoutSecrets(model);
  // Compose puts the name of the project before the names of networks and volumes.
  const text = mask(JSON.stringify([rest, files], near))
    .replaceAll(`"${folder}/`, '"./')
    .replaceAll(`"${name}_`, '"_');
  return createHash('sha256').update(text).digest('hex');
}

/** `../app` for `/home/me/app`, seen from `/home/me/waf`. A path that shares only the root with the folder stays. */
function fromFolder(folder: string, path: string): string {
  const top = (of: string): string | undefined => of.split('/')[1];
  return top(path) === top(folder) ? `./${relative(folder, path)}` : path;
}

/** The other files that a build copies are not read: they may be many, and reports may be among them. */
function buildsOf({ services }: ComposeModel): readonly { readonly context: string; readonly dockerfile: string }[] {
  return Object.values(services).flatMap(({ build }) => {
    const { context, dockerfile = 'Dockerfile' } = (build ?? {}) as {
      readonly context?: string;
      readonly dockerfile?: string;
    };
    return context?.startsWith('/') === true ? [{ context, dockerfile: resolve(context, dockerfile) }] : [];
  });
}
