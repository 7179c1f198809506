import type Docker from 'dockerode';
import { ARMS, SlopegateError, type ArmName, type Scenario } from '../model/index.js';
import { buildImages, resolveModel } from './compose/cli.js';
import type { Line } from './compose/failures.js';
import type { Compose } from './compose/findCompose.js';
import type { ComposeModel } from './compose/model.js';
import { ensureImage, imageId } from './docker/images.js';
import { readVersions } from './docker/versions.js';
import { planImages } from './planImages.js';

/** An arm that can be brought up at once: its resolved model, and what each service is started from. */
export interface PreparedArm {
  readonly model: ComposeModel;
  readonly images: Readonly<Record<string, PreparedImage>>;
}

export interface PreparedImage {
  readonly name: string;
  /** Trials start this id, so that a tag that moves in the middle of a run changes nothing. */
  readonly id: string;
  readonly versions: Readonly<Record<string, string>>;
}

export interface Preparation {
  readonly docker: Docker;
  readonly compose: Compose;
  readonly scenario: Scenario;
  /** On the containers that exist for a moment to read versions from. */
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine: Line;
}

/** Resolves both arms, builds and pulls what they need, and reads the versions that the images declare. */
export async function prepareArms(preparation: Preparation): Promise<Readonly<Record<ArmName, PreparedArm>>> {
  const { docker, compose, scenario, signal, onLine } = preparation;
  const models = {
    baseline: await resolveModel({ compose, signal }, scenario.arms.baseline),
    candidate: await resolveModel({ compose, signal }, scenario.arms.candidate),
  };
  checkServices(scenario, models);
  const plan = planImages(models);
  if (plan.build !== null) await buildImages({ compose, signal, onLine }, plan.build);
  for (const image of plan.pull) await ensureImage(docker, image, onLine, signal);

  const known = new Map<string, PreparedImage>();
  for (const name of new Set(ARMS.flatMap((arm) => Object.values(plan.images[arm])))) {
    signal.throwIfAborted();
    known.set(name, await inspectImage(preparation, name));
  }
  const prepared = (arm: ArmName): PreparedArm => ({
    model: models[arm],
    images: Object.fromEntries(Object.entries(plan.images[arm]).map(([service, name]) => [service, known.get(name)!])),
  });
  return { baseline: prepared('baseline'), candidate: prepared('candidate') };
}

async function inspectImage({ docker, labels }: Preparation, name: string): Promise<PreparedImage> {
  const id = await imageId(docker, name);
  if (id === null) throw new SlopegateError('IMAGE_MISSING', `The image ${name} was made and is gone again.`, { hint: 'Did something prune images meanwhile? Start again.' });
  return { name, id, versions: await readVersions(docker, id, labels) };
}

/** The services that the scenario names must exist; a typo would otherwise show as a strange verdict. */
function checkServices({ file, stack }: Scenario, models: Readonly<Record<ArmName, ComposeModel>>): void {
  const complain = (field: string, service: string, services: readonly string[], where: string): never => {
    throw new SlopegateError('COMPOSE_CONFIG', `${field} names the service "${service}", which ${where} does not have.`, {
      location: file,
      hint: `Its services: ${services.join(', ')}.`,
    });
  };
  for (const arm of ARMS) {
    const services = Object.keys(models[arm].services);
    for (const [field, endpoint] of [['stack.entry', stack.entry], ['stack.origin', stack.origin]] as const) {
      if (endpoint !== null && !services.includes(endpoint.service)) complain(field, endpoint.service, services, `the ${arm}`);
    }
  }
  const either = [...new Set(ARMS.flatMap((arm) => Object.keys(models[arm].services)))];
  for (const service of Object.keys(stack.roles)) if (!either.includes(service)) complain('stack.roles', service, either, 'neither arm');
  const roles = new Set([...either, ...Object.values(stack.roles)]);
  for (const service of stack.unjudged) if (!roles.has(service)) complain('stack.unjudged', service, either, 'neither arm');
}
