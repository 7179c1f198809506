import { createHash } from 'node:crypto';
import type { ComposeBuild, ComposeModel } from '../compose/model.js';
import type { ArmName } from '../model/index.js';

/** A build as slopegate makes it, in one model with the builds of both arms. */
export interface OwnBuild {
  /** `slopegate/wafd:3b1f…` for a build that the compose file calls `registry.example/wafd:1.4`. */
  readonly image: string;
  /** What the compose file calls it; undefined if it gives no name. */
  readonly called: string | undefined;
  readonly build: ComposeBuild;
  /** The secrets of the compose file that it uses. Different secrets have different names. */
  readonly secrets: Readonly<Record<string, Resource>>;
  /** The builds of other services that it starts from. They must be made before it. */
  readonly bases: readonly OwnBuild[];
}

interface Resource {
  /** The variable whose value is the secret. */
  readonly environment?: string;
}

/** What a build would write beside the image: tags of the user's, a cache somewhere else. */
const WRITTEN_ELSEWHERE = ['tags', 'cache_to'];
const OF_SERVICE = 'service:';
const OF_IMAGE = 'docker-image://';

/**
 * The build of a service that has one. The digest in its image's name covers everything that it is made from, also the
 * build of another service that it names as a context: only equal images have one name. Pure.
 */
export function ownBuild(model: ComposeModel, name: string, within: readonly string[] = []): OwnBuild {
  const { image: called, build: stated = {} } = model.services[name] ?? {};
  const secrets = secretsOf(model, stated);
  const renamed = secrets.map(({ reference, key }) => ({ ...reference, source: key, target: reference.target }));
  const { contexts, bases } = contextsOf(model, stated, [...within, name]);
  const build = {
    ...Object.fromEntries(Object.entries(stated).filter(([key]) => !WRITTEN_ELSEWHERE.includes(key))),
    ...(stated['additional_contexts'] === undefined ? {} : { additional_contexts: contexts }),
    ...(secrets.length === 0 ? {} : { secrets: renamed }),
  };
  return {
    image: ownName(called ?? name, build),
    called,
    build,
    secrets: Object.fromEntries(secrets.map(({ key, resource }) => [key, resource])),
    bases,
  };
}

/** The same build on top of images that are there, in place of builds that are not made then. Pure. */
export function onImages(own: OwnBuild, there: ReadonlyMap<string, string>): OwnBuild {
  const contexts = own.build['additional_contexts'] as Readonly<Record<string, string>> | undefined;
  if (contexts === undefined || there.size === 0) return own;
  const images = new Map([...there].map(([image, found]) => [`${OF_IMAGE}${image}`, `${OF_IMAGE}${found}`]));
  const entries = Object.entries(contexts).map(([key, value]) => [key, images.get(value) ?? value] as const);
  return { ...own, build: { ...own.build, additional_contexts: Object.fromEntries(entries) } };
}

/** The same build with its secrets from variables that only this arm has, since both arms are built together. Pure. */
export function withVariablesOf(own: OwnBuild, arm: ArmName): OwnBuild {
  const entries = Object.entries(own.secrets).map(([key, resource]) => {
    const { environment } = resource;
    return environment === undefined
      ? ([key, key, resource] as const)
      : ([key, `${key}-${arm}`, { ...resource, environment: variableOf(arm, environment) }] as const);
  });
  if (entries.length === 0) return own;
  const keys = new Map(entries.map(([key, ownKey]) => [key, ownKey]));
  const references = own.build['secrets'] as readonly Reference[];
  const secrets = references.map((one) => ({ ...one, source: keys.get(one.source) ?? one.source }));
  return {
    ...own,
    build: { ...own.build, secrets },
    secrets: Object.fromEntries(entries.map(([, key, resource]) => [key, resource])),
  };
}

/** The variable that has the arm's value of a build secret. */
export function variableOf(arm: ArmName, name: string): string {
  return `SLOPEGATE_${arm.toUpperCase()}_${name}`;
}

/** What the service that makes an image is called in the model of all builds. */
export function serviceOf(image: string): string {
  return image.replace(/[^a-zA-Z0-9._-]+/g, '-');
}

/** A context that is another service's image means the build that is made here before. */
function contextsOf(model: ComposeModel, build: ComposeBuild, within: readonly string[]) {
  const stated = (build['additional_contexts'] ?? {}) as Readonly<Record<string, string>>;
  const bases: OwnBuild[] = [];
  const contexts = Object.entries(stated).map(([key, value]) => {
    const other = value.startsWith(OF_SERVICE) ? value.slice(OF_SERVICE.length) : '';
    const needed = model.services[other];
    if (needed === undefined || within.includes(other)) return [key, value] as const;
    if (needed.build === undefined) return [key, `${OF_IMAGE}${needed.image ?? ''}`] as const;
    const base = ownBuild(model, other, within);
    bases.push(base);
    return [key, `${OF_IMAGE}${base.image}`] as const;
  });
  return { contexts: Object.fromEntries(contexts), bases };
}

interface Reference {
  readonly source: string;
  readonly target: string;
}

function secretsOf(model: ComposeModel, build: ComposeBuild) {
  const resources = (model['secrets'] ?? {}) as Readonly<Record<string, Resource | null>>;
  return ((build['secrets'] ?? []) as readonly (Omit<Reference, 'target'> & Partial<Reference>)[]).map((stated) => {
    const { name: _name, ...resource } = { name: '', ...resources[stated.source] };
    return {
      reference: { ...stated, target: stated.target ?? stated.source },
      key: `${stated.source}-${digestOf(resource)}`,
      resource,
    };
  });
}

function ownName(name: string, build: ComposeBuild): string {
  const last = name.split('/').at(-1)?.split(/[:@]/)[0] ?? '';
  return `slopegate/${last.toLowerCase() || 'image'}:${digestOf(build)}`;
}

function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
