import type { ComposeModel } from '../compose/model.js';
import { ARMS, type ArmName } from '../model/index.js';
import { onImages, ownBuild, serviceOf, withVariablesOf, type OwnBuild } from './own-build.js';

type Models = Readonly<Record<ArmName, ComposeModel>>;

/** What has to be made before any trial, and the image name that each service of each arm will be started from. */
export interface ImagePlan {
  /** Models of everything to be built, one after the other, each image once: a base is built before what needs it. */
  readonly builds: readonly ComposeModel[];
  /** Variables whose values are secrets of these builds. */
  readonly variables: readonly BuildVariable[];
  /** Images that have a build, but are there already and are used as they are. */
  readonly found: readonly string[];
  /** Images that are not built here. */
  readonly pull: readonly string[];
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
}

interface BuildVariable {
  readonly name: string;
  /** The arms that are started from the image. */
  readonly arms: readonly ArmName[];
}

interface Build {
  readonly own: OwnBuild;
  readonly arms: ArmName[];
}

/**
 * Plans builds and pulls of both arms together. What is built gets a name of slopegate's own with a digest of the
 * build, so that the tag that production starts from stays what it is. Equal builds are made once. A build whose image
 * is among `present`, under the name of its file or under ours, is left out. Bases are looked up in `all`, because a
 * service that is omitted may be one. Pure.
 */
export function planImages(models: Models, present: ReadonlySet<string> = new Set(), all: Models = models): ImagePlan {
  const images = { baseline: {} as Record<string, string>, candidate: {} as Record<string, string> };
  const builds = new Map<string, Build>();
  /** The image that would be built → the one that is there in its place. */
  const found = new Map<string, string>();
  const pull = new Set<string>();
  const plan = (own: OwnBuild, arm: ArmName): string => {
    const there = namesOf(own, all).find((candidate) => present.has(candidate));
    if (there !== undefined) {
      found.set(own.image, there);
      return there;
    }
    for (const base of own.bases) plan(base, arm);
    const known = builds.get(own.image) ?? { own, arms: [] };
    if (!known.arms.includes(arm)) known.arms.push(arm);
    builds.set(own.image, known);
    return own.image;
  };
  for (const arm of ARMS) {
    const made = new Map<string, string>();
    for (const [name, { image: called, build }] of Object.entries(models[arm].services)) {
      if (build === undefined) continue;
      const image = plan(ownBuild(all[arm], name), arm);
      images[arm][name] = image;
      if (called !== undefined && !made.has(called)) made.set(called, image);
    }
    // A service may also name the image that another service of its file builds.
    for (const [name, { image: called = '', build }] of Object.entries(models[arm].services)) {
      if (build !== undefined) continue;
      images[arm][name] = made.get(called) ?? called;
      if (!made.has(called)) pull.add(called);
    }
  }
  return {
    builds: inTurn([...builds.values()], found),
    variables: [...builds.values()].flatMap(({ own, arms }) =>
      Object.values(own.secrets).flatMap(({ environment: name }) => (name === undefined ? [] : [{ name, arms }])),
    ),
    found: [...new Set(found.values())],
    pull: [...pull],
    images,
  };
}

/** Every name under which the image of a build may exist already. */
export function namesOfBuilds(models: Models): readonly string[] {
  return buildsOf(models).flatMap((own) => namesOf(own, models));
}

/**
 * Our name, and the one in the compose file. That one is left out if two different builds have it: nobody knows which
 * of them made the image.
 */
function namesOf({ called, image }: OwnBuild, models: Models): readonly string[] {
  if (called === undefined) return [image];
  const isAmbiguous = buildsOf(models).some((other) => other.called === called && other.image !== image);
  return isAmbiguous ? [image] : [called, image];
}

function buildsOf(models: Models): OwnBuild[] {
  return ARMS.flatMap((arm) =>
    Object.entries(models[arm].services).flatMap(([name, { build }]) =>
      build === undefined ? [] : [ownBuild(models[arm], name)],
    ),
  );
}

/** Builds whose bases are made come together: first those without bases, then those on top of them, and so on. */
function inTurn(builds: readonly Build[], found: ReadonlyMap<string, string>): ComposeModel[] {
  const waiting = new Map(builds.map((build) => [build.own.image, build]));
  const models: ComposeModel[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter(({ own }) => !own.bases.some(({ image }) => waiting.has(image)));
    for (const { own } of next) waiting.delete(own.image);
    models.push(buildModel(next.map(({ own, arms }) => withVariablesOf(onImages(own, found), arms[0]!))));
  }
  return models;
}

function buildModel(builds: readonly OwnBuild[]): ComposeModel {
  const services = builds.map(({ image, build }) => [serviceOf(image), { image, build }] as const);
  const secrets = builds.flatMap((own) => Object.entries(own.secrets));
  return {
    name: 'slopegate-build',
    services: Object.fromEntries(services),
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}
