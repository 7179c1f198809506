import type { ImageEntry, ImageTree } from '../model/index.js';
import type { NarrowPart } from '../results/index.js';
import type { PackagesOfBoth } from './consistent.js';

/** What differs between two images and is exchanged as one. */
export interface Part extends NarrowPart {
  /** Without the first slash, in either image or in both. */
  readonly paths: readonly string[];
  /** The packages that it is made of; empty for files without a package. */
  readonly packages: readonly string[];
}

interface Trees {
  readonly baseline: ImageTree;
  readonly candidate: ImageTree;
}

/** Files without a package are exchanged one by one up to this number, and by folder if there are more. */
const MOST_SINGLE_FILES = 200;

/** What a running service does not use, or what Docker writes itself. */
const UNUSED = new RegExp(
  [
    '^\\.dockerenv$',
    '^(proc|sys|dev|run|tmp)(/|$)',
    '^var/(cache|log|tmp)(/|$)',
    '^var/lib/(dpkg|apt|rpm)(/|$)',
    '^(usr/)?lib/(apk|sysimage)(/|$)',
    '^usr/share/(doc|man|info|locale|lintian)(/|$)',
    '^etc/(hostname|hosts|mtab|resolv\\.conf|ld\\.so\\.cache)$',
  ].join('|'),
);

/**
 * What differs between two images, in parts. A package whose version differs is one part, with all of its files; so are
 * two packages of different names that have a file in common, because one took the place of the other. Configuration
 * (everything below `/etc`) and other files are parts of their own.
 * @example partsOf(trees, packages).map(({ name }) => name) // ['libwaf3', '/etc/waf.conf']
 */
export function partsOf(trees: Trees, packages: PackagesOfBoth): readonly Part[] {
  const owners = {
    baseline: ownersOf(trees.baseline, packages.baseline, packages.candidate),
    candidate: ownersOf(trees.candidate, packages.candidate, packages.baseline),
  };
  const groups = new Map<string, Group>();
  const free: string[] = [];
  for (const path of differingPaths(trees)) {
    const names = [owners.candidate.get(path), owners.baseline.get(path)].filter((name) => name !== undefined);
    if (path.startsWith('etc/') || names.length === 0) free.push(path);
    else joined(names, groups).paths.push(path);
  }
  const parts = [...new Set(groups.values())].map((group) => packagePart(group, packages));
  return [...parts, ...groupsOf(free)];
}

/** Packages that are exchanged as one. */
interface Group {
  readonly names: Set<string>;
  readonly paths: string[];
}

/** The group of these packages. Groups that these packages connect become one. */
function joined(names: readonly string[], groups: Map<string, Group>): Group {
  const found = [...new Set(names.flatMap((name) => groups.get(name) ?? []))];
  const [group = { names: new Set<string>(), paths: [] }, ...others] = found;
  for (const other of others) {
    for (const name of other.names) group.names.add(name);
    group.paths.push(...other.paths);
  }
  for (const name of names) group.names.add(name);
  for (const name of group.names) groups.set(name, group);
  return group;
}

/** Named as in the candidate. A package that has another name in the baseline is shown with its name there. */
function packagePart({ names, paths }: Group, packages: PackagesOfBoth): Part {
  const all = [...names];
  const name = all.find((one) => packages.candidate.has(one)) ?? all[0] ?? '';
  const versionIn = (arm: keyof PackagesOfBoth): string | null => {
    const own = packages[arm].get(name)?.version;
    const others = all
      .filter((one) => packages[arm].has(one))
      .map((one) => `${one} ${packages[arm].get(one)?.version}`);
    return own ?? (others.length === 0 ? null : others.join(', '));
  };
  const versions = { baseline: versionIn('baseline'), candidate: versionIn('candidate') };
  return { name, kind: 'package', ...versions, files: paths.length, paths, packages: all };
}

function differingPaths({ baseline, candidate }: Trees): readonly string[] {
  const all = [...new Set([...baseline.keys(), ...candidate.keys()])].filter((path) => !UNUSED.test(path));
  return all.filter((path) => isDifferent(baseline.get(path), candidate.get(path))).sort();
}

/** A folder differs only if the candidate does not have it. */
function isDifferent(one: ImageEntry | undefined, other: ImageEntry | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined || other?.kind !== 'folder';
  if (one.kind === 'folder' && other.kind === 'folder') return false;
  return (['kind', 'content', 'mode', 'uid', 'gid'] as const).some((key) => one[key] !== other[key]);
}

/** Path → package of one image, for packages whose version differs. Others did not bring the difference. */
function ownersOf(
  tree: ImageTree,
  own: PackagesOfBoth['baseline'],
  others: PackagesOfBoth['baseline'],
): ReadonlyMap<string, string> {
  const changed = [...own.values()].filter(({ name, version }) => others.get(name)?.version !== version);
  return new Map(changed.flatMap(({ name, files }) => files.map((file) => [throughLinks(file, tree), name] as const)));
}

/** A package may list /lib/x where the image has /usr/lib/x, because /lib is a link. */
function throughLinks(path: string, tree: ImageTree): string {
  const [first = '', ...rest] = path.split('/');
  const entry = rest.length === 0 ? undefined : tree.get(first);
  return entry?.kind === 'link' ? [entry.content.replace(/^\//, ''), ...rest].join('/') : path;
}

/**
 * A setting of the compose files as a part.
 * @example settingPart('environment LEVEL').kind // 'setting'
 */
export function settingPart(name: string): Part {
  return { name, kind: 'setting', baseline: null, candidate: null, files: 0, paths: [], packages: [] };
}

function groupsOf(paths: readonly string[]): readonly Part[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) groups.set(familyOf(path), [...(groups.get(familyOf(path)) ?? []), path]);
  if (groups.size <= MOST_SINGLE_FILES) return [...groups].map(([name, own]) => partOf(name, own));
  return byFolder(paths).map(([name, own]) => (own.length === 1 ? partOf(own[0] ?? name, own) : folderOf(name, own)));
}

/** The names of a shared library, `libx.so`, `libx.so.1` and `libx.so.1.2`, mean one file. */
function familyOf(path: string): string {
  return /^(.*\/)?lib[^/]*?\.so(?=\.|$)/.exec(path)?.[0] ?? path;
}

function partOf(name: string, paths: readonly string[]): Part {
  const kind = name.startsWith('etc/') ? 'configuration' : familyOf(name).endsWith('.so') ? 'library' : 'file';
  return { name: `/${name}`, kind, baseline: null, candidate: null, files: paths.length, paths, packages: [] };
}

function folderOf(name: string, paths: readonly string[]): Part {
  return { ...partOf(name, paths), name: `/${name}/`, kind: 'folder' };
}

/** The deepest folders of which there are not too many. */
function byFolder(paths: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const deepest = Math.max(...paths.map((path) => path.split('/').length - 1));
  for (let depth = deepest; ; depth -= 1) {
    const folders = new Map<string, string[]>();
    for (const path of paths) {
      const folder = path.split('/').slice(0, -1).slice(0, depth).join('/');
      folders.set(folder, [...(folders.get(folder) ?? []), path]);
    }
    if (folders.size <= MOST_SINGLE_FILES || depth <= 1) return [...folders];
  }
}
