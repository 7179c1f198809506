import type { ImageEntry, ImageTree } from '../model/index.js';
import type { NarrowPart } from '../results/index.js';
import type { PackagesOfBoth } from './consistent.js';

/** What differs between two images and is exchanged as one. */
interface Part extends NarrowPart {
  /** Without the first slash, in either image or in both. */
  readonly paths: readonly string[];
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
 * What differs between two images, in parts. A package whose version differs is one part, with all of its files.
 * Configuration (everything below `/etc`) and other files are parts of their own.
 * @example partsOf(trees, packages).map(({ name }) => name) // ['libwaf3', '/etc/waf.conf']
 */
export function partsOf(trees: Trees, packages: PackagesOfBoth): readonly Part[] {
  const owners = ownersOf(trees, packages);
  const ofPackages = new Map<string, string[]>();
  const free: string[] = [];
  for (const path of differingPaths(trees)) {
    const owner = path.startsWith('etc/') ? undefined : owners.get(path);
    if (owner === undefined) free.push(path);
    else ofPackages.set(owner, [...(ofPackages.get(owner) ?? []), path]);
  }
  const versionOf = (name: string, arm: keyof PackagesOfBoth): string | null =>
    packages[arm].get(name)?.version ?? null;
  const asPackages = [...ofPackages].map(([name, paths]): Part => {
    const versions = { baseline: versionOf(name, 'baseline'), candidate: versionOf(name, 'candidate') };
    return { name, kind: 'package', ...versions, files: paths.length, paths };
  });
  return [...asPackages, ...groupsOf(free)];
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

/** Path → package, for packages whose version differs. Others did not bring the difference. */
function ownersOf({ baseline, candidate }: Trees, packages: PackagesOfBoth): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [arm, tree] of [
    ['baseline', baseline],
    ['candidate', candidate],
  ] as const) {
    for (const { name, version, files } of packages[arm].values()) {
      if (packages.baseline.get(name)?.version === packages.candidate.get(name)?.version && version !== '') continue;
      for (const file of files) owners.set(throughLinks(file, tree), name);
    }
  }
  return owners;
}

/** A package may list /lib/x where the image has /usr/lib/x, because /lib is a link. */
function throughLinks(path: string, tree: ImageTree): string {
  const [first = '', ...rest] = path.split('/');
  const entry = rest.length === 0 ? undefined : tree.get(first);
  return entry?.kind === 'link' ? [entry.content.replace(/^\//, ''), ...rest].join('/') : path;
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
  return { name: `/${name}`, kind, baseline: null, candidate: null, files: paths.length, paths };
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
