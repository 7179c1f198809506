import type { ComposeModel } from '../compose/model.js';
import { ARMS, type ArmName } from '../model/index.js';
import { onImages, ownBuild, serviceOf, type OwnBuild } from './own-build.js';

/** What has to be made before any trial, and the image name that each service of each arm will be started from. */
export interface ImagePlan {
  /** A model of everything to be built, each image once; null if nothing is. */
  readonly build: ComposeModel | null;
  /** Images that have a build, but are there already and are used as they are. */
  readonly found: readonly string[];
  /** Images that are not built here. */
  readonly pull: readonly string[];
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
}

/**
 * Plans builds and pulls of both arms together. What is built gets a name of slopegate's own with a digest of the
 * build, so that the tag that production starts from stays what it is. Equal builds are made once. A build whose image
 * is among `present`, under the name of its file or under ours, is left out. Pure.
 */
export function planImages(
  models: Readonly<Record<ArmName, ComposeModel>>,
  present: ReadonlySet<string> = new Set(),
): ImagePlan {
  const images = { baseline: {} as Record<string, string>, candidate: {} as Record<string, string> };
  const builds = new Map<string, OwnBuild>();
  /** The image that would be built → the one that is there in its place. */
  const found = new Map<string, string>();
  const pull = new Set<string>();
  for (const arm of ARMS) {
    const made = new Map<string, string>();
    for (const [name, { image: called, build }] of Object.entries(models[arm].services)) {
      if (build === undefined) continue;
      const own = ownBuild(models[arm], name);
      const there = namesOf(called, own.image, models).find((candidate) => present.has(candidate));
      const image = there ?? own.image;
      if (there === undefined) builds.set(image, own);
      else found.set(own.image, there);
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
  const build = buildModel([...builds.values()].map((own) => onImages(own, found)));
  return { build, found: [...new Set(found.values())], pull: [...pull], images };
}

/** Every name under which the image of a build may exist already. */
export function namesOfBuilds(models: Readonly<Record<ArmName, ComposeModel>>): readonly string[] {
  return buildsOf(models).flatMap(({ called, own }) => namesOf(called, own, models));
}

/**
 * Our name, and the one in the compose file. That one is left out if two different builds have it: nobody knows which
 * of them made the image.
 */
function namesOf(
  called: string | undefined,
  own: string,
  models: Readonly<Record<ArmName, ComposeModel>>,
): readonly string[] {
  if (called === undefined) return [own];
  const isAmbiguous = buildsOf(models).some((other) => other.called === called && other.own !== own);
  return isAmbiguous ? [own] : [called, own];
}

function buildsOf(models: Readonly<Record<ArmName, ComposeModel>>): { called: string | undefined; own: string }[] {
  return ARMS.flatMap((arm) =>
    Object.entries(models[arm].services).flatMap(([name, { image: called, build }]) =>
      build === undefined ? [] : [{ called, own: ownBuild(models[arm], name).image }],
    ),
  );
}

function buildModel(builds: readonly OwnBuild[]): ComposeModel | null {
  if (builds.length === 0) return null;
  const services = builds.map(({ image, build }) => [serviceOf(image), { image, build }] as const);
  const secrets = builds.flatMap((own) => Object.entries(own.secrets));
  return {
    name: 'slopegate-build',
    services: Object.fromEntries(services),
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}
