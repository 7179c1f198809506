import { createHash } from 'node:crypto';
import { ARMS, type ArmName } from '../model/index.js';
import type { ComposeModel, ComposeService } from '../compose/model.js';

/** What has to be made before any trial, and the image name that each service of each arm will be started from. */
export interface ImagePlan {
  /** A model of everything to be built, each image once; null where nothing is. */
  readonly build: ComposeModel | null;
  /** Images that are not built here. */
  readonly pull: readonly string[];
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
}

/**
 * Plans builds and pulls of both arms together. A service that is built keeps the image name of its compose file,
 * unless it has none or the same name stands for different builds: then its name carries a digest of the build. Pure.
 */
export function planImages(models: Readonly<Record<ArmName, ComposeModel>>): ImagePlan {
  const all = ARMS.flatMap((arm) =>
    Object.entries(models[arm].services).map(([name, service]) => ({ arm, name, service })),
  );
  const recipes = new Map<string, Set<string>>();
  for (const { service } of all) {
    if (service.build === undefined || service.image === undefined) continue;
    recipes.set(service.image, (recipes.get(service.image) ?? new Set()).add(recipeOf(service)));
  }
  const images = { baseline: {} as Record<string, string>, candidate: {} as Record<string, string> };
  const builds = new Map<string, ComposeService>();
  const pull = new Set<string>();
  for (const { arm, name, service } of all) {
    const unambiguous = service.image !== undefined && (recipes.get(service.image)?.size ?? 0) <= 1;
    const image =
      unambiguous && service.image !== undefined
        ? service.image
        : `slopegate/${name.toLowerCase()}:${recipeOf(service)}`;
    images[arm][name] = image;
    if (service.build === undefined) pull.add(image);
    else builds.set(image, { image, build: service.build });
  }
  return { build: buildModel(builds), pull: [...pull].filter((image) => !builds.has(image)), images };
}

function buildModel(builds: ReadonlyMap<string, ComposeService>): ComposeModel | null {
  if (builds.size === 0) return null;
  const services = [...builds].map(([image, service]) => [image.replace(/[^a-zA-Z0-9._-]+/g, '-'), service] as const);
  return { name: 'slopegate-build', services: Object.fromEntries(services) };
}

function recipeOf({ build }: ComposeService): string {
  return createHash('sha256')
    .update(JSON.stringify(build ?? null))
    .digest('hex')
    .slice(0, 12);
}
