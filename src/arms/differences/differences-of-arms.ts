import type { ComposeModel, ComposeService } from '../../compose/model.js';
import type { ArmDifference, ArmName, DifferenceKind } from '../../model/index.js';
import { leavesOf } from './leaves.js';

/** What the daemon and the disk know about the names in the models. Without this, the names themselves are compared. */
export interface KnownContents {
  /** Arm → service → image id. */
  readonly imageIds?: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
  /** Host path → digest of its content. */
  readonly digests?: Readonly<Record<string, string>>;
}

/** Keys that say how an image was made. If its id is known, the image itself is compared. */
const OF_THE_IMAGE = ['image', 'build', 'pull_policy'];
const LIMITS = /^(mem|cpu|pids_limit|oom|shm_size|blkio|ulimits|scale|deploy)/;
const KINDS: Readonly<Record<string, DifferenceKind>> = {
  image: 'image',
  build: 'image',
  environment: 'environment',
  env_file: 'environment',
  volumes: 'files',
  configs: 'files',
  secrets: 'files',
  tmpfs: 'files',
};

/**
 * Everything in which the two resolved models differ; empty if both arms would run the same thing. Names that
 * Compose makes from the folder's name do not count. Pure.
 *
 * @example
 * differencesOfArms(
 *   { services: { waf: { image: 'waf:1.4' } } },
 *   { services: { waf: { image: 'waf:1.5' } } },
 * ); // [{ kind: 'image', service: 'waf', path: 'services.waf.image', baseline: 'waf:1.4', candidate: 'waf:1.5' }]
 */
export function differencesOfArms(
  baseline: ComposeModel,
  candidate: ComposeModel,
  known: KnownContents = {},
): ArmDifference[] {
  const names = unionOf(baseline.services, candidate.services);
  return [
    ...names.flatMap((name) => ofService(name, ownOf(baseline.services, name), ownOf(candidate.services, name), known)),
    ...ofResources(baseline, candidate, known),
  ];
}

function ofService(
  name: string,
  before: ComposeService | undefined,
  after: ComposeService | undefined,
  known: KnownContents,
): ArmDifference[] {
  const path = `services.${name}`;
  if (before === undefined || after === undefined) {
    const imageOf = (service: ComposeService | undefined) =>
      service === undefined ? null : (service.image ?? 'built');
    return [{ kind: 'service', service: name, path, baseline: imageOf(before), candidate: imageOf(after) }];
  }
  const ids = [ownOf(known.imageIds?.baseline, name), ownOf(known.imageIds?.candidate, name)] as const;
  const comparable = ids[0] !== undefined && ids[1] !== undefined;
  const image: ArmDifference = {
    kind: 'image',
    service: name,
    path: `${path}.image`,
    baseline: shortImage(before, ids[0]),
    candidate: shortImage(after, ids[1]),
  };
  const without = (service: ComposeService): object =>
    comparable ? Object.fromEntries(Object.entries(service).filter(([key]) => !OF_THE_IMAGE.includes(key))) : service;
  return [
    ...(comparable && ids[0] !== ids[1] ? [image] : []),
    ...ofLeaves(path, without(before), without(after), known).map((difference) => ({
      ...difference,
      service: name,
    })),
  ];
}

/** The name with enough of the id to distinguish two images with the same name. */
function shortImage({ image }: ComposeService, id: string | undefined): string {
  return `${image ?? 'built'} (${(id ?? '').slice(0, 'sha256:'.length + 12)})`;
}

function ofResources(baseline: ComposeModel, candidate: ComposeModel, known: KnownContents): ArmDifference[] {
  return (['networks', 'volumes', 'configs', 'secrets'] as const).flatMap((kind) =>
    ofLeaves(kind, withoutMadeNames(baseline[kind]), withoutMadeNames(candidate[kind]), known),
  );
}

type Resources = Readonly<Record<string, { readonly external?: boolean; readonly name?: string } | null>>;

/** `name: shop_default` is made from the project's name, unless the resource is external. */
function withoutMadeNames(resources: unknown): object {
  return Object.fromEntries(
    Object.entries((resources ?? {}) as Resources).map(([key, resource]) => {
      const { name, ...rest } = resource ?? {};
      return [key, rest.external === true ? { ...rest, name } : rest];
    }),
  );
}

function ofLeaves(path: string, before: object, after: object, { digests = {} }: KnownContents): ArmDifference[] {
  const [old, own] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...own.keys()])].sort().flatMap((key): ArmDifference[] => {
    const [baseline, candidate] = [old.get(key) ?? null, own.get(key) ?? null];
    if (contentOf(baseline, digests) === contentOf(candidate, digests)) return [];
    return [{ kind: kindOf(path, key), service: null, path: `${path}.${key}`, baseline, candidate }];
  });
}

/** Two files with the same content are equal, wherever they are. */
function contentOf(value: unknown, digests: Readonly<Record<string, string>>): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const digest = ownOf(digests, text.replaceAll('$$', '$'));
  return digest === undefined ? text : `content ${digest}`;
}

function kindOf(path: string, key: string): DifferenceKind {
  const first = key.split('.')[0] ?? '';
  if (!path.startsWith('services.')) return path === 'configs' || path === 'secrets' ? 'files' : 'settings';
  return ownOf(KINDS, first) ?? (LIMITS.test(first) ? 'limits' : 'settings');
}

/** A service may be called `constructor`. */
function ownOf<Value>(map: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

function unionOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
