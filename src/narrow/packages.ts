/** What a package needs, or provides: a name, and perhaps a version. */
export interface Need {
  readonly name: string;
  readonly relation: '<<' | '<=' | '=' | '>=' | '>>' | null;
  readonly version: string;
}

/** An installed package. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Each entry must be met by one of its alternatives. */
  readonly needs: readonly (readonly Need[])[];
  readonly provides: readonly Need[];
  /** Paths without the first slash. Folders may be among them. */
  readonly files: readonly string[];
}

/** Files of an image that say which packages it has: path without the first slash → text. */
export type DatabaseFiles = ReadonlyMap<string, string>;

const DPKG = 'var/lib/dpkg/';
const APK = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];

/**
 * Whether a file belongs to the database of a package system that is known here.
 * @example isDatabaseFile('var/lib/dpkg/status') // true
 */
export function isDatabaseFile(path: string): boolean {
  return (
    APK.includes(path) ||
    path === `${DPKG}status` ||
    path.startsWith(`${DPKG}status.d/`) ||
    (path.startsWith(`${DPKG}info/`) && path.endsWith('.list'))
  );
}

/**
 * The installed packages, by name. Empty without dpkg and apk.
 * @example readPackages(new Map([['var/lib/dpkg/status', 'Package: zlib1g\nVersion: 1.3\n']])) // zlib1g
 */
export function readPackages(files: DatabaseFiles): ReadonlyMap<string, Package> {
  const texts = [...files].filter(([path]) => path.startsWith(`${DPKG}status`)).map(([, text]) => text);
  const debian = texts.flatMap((text) => text.split(/\n\n+/)).flatMap((entry) => debianPackage(entry, files));
  const alpine = APK.flatMap((path) => (files.get(path) ?? '').split('\n\n')).flatMap(alpinePackage);
  return new Map([...debian, ...alpine].map((one) => [one.name, one]));
}

function debianPackage(entry: string, files: DatabaseFiles): readonly Package[] {
  const field = (name: string): string => new RegExp(`^${name}: (.*(?:\\n .*)*)`, 'm').exec(entry)?.[1] ?? '';
  const [name, version] = [field('Package'), field('Version')];
  // Images without a shell have one file for each package in status.d, and there no status.
  const isInstalled = field('Status') === '' || field('Status').endsWith(' installed');
  if (name === '' || version === '' || !isInstalled) return [];
  const info = `${DPKG}info/${name}`;
  const listed = files.get(`${info}.list`) ?? files.get(`${info}:${field('Architecture')}.list`) ?? '';
  const needs = [field('Pre-Depends'), field('Depends')]
    .filter((text) => text !== '')
    .flatMap((text) => text.split(','));
  return [
    {
      name,
      version,
      needs: needs.map((one) => one.split('|').map(debianNeed)),
      provides: field('Provides') === '' ? [] : field('Provides').split(',').map(debianNeed),
      files: listed.split('\n').flatMap((path) => (path.length > 1 ? path.slice(1) : [])),
    },
  ];
}

/** `libc6:any (>= 2.38)` */
function debianNeed(text: string): Need {
  const [, name = '', relation = null, version = ''] =
    /^\s*([^\s:(]+)[^\s(]*\s*(?:\(\s*(<<|<=|=|>=|>>)\s*([^)\s]+)\s*\))?/.exec(text) ?? [];
  return { name, relation: relation as Need['relation'], version };
}

function alpinePackage(entry: string): readonly Package[] {
  const [name, version] = [/^P:(.*)$/m.exec(entry)?.[1], /^V:(.*)$/m.exec(entry)?.[1]];
  if (name === undefined || version === undefined) return [];
  const words = (key: string): readonly string[] =>
    (new RegExp(`^${key}:(.*)$`, 'm').exec(entry)?.[1] ?? '').split(' ').filter((word) => word !== '');
  // A need that begins with an exclamation mark names a package that must not be there.
  const needs = words('D').filter((word) => !word.startsWith('!'));
  const files: string[] = [];
  let folder = '';
  for (const line of entry.split('\n')) {
    if (line.startsWith('F:')) folder = line.slice(2);
    if (line.startsWith('R:')) files.push(folder === '' ? line.slice(2) : `${folder}/${line.slice(2)}`);
  }
  return [{ name, version, needs: needs.map((one) => [alpineNeed(one)]), provides: words('p').map(alpineNeed), files }];
}

/** `so:libcrypto.so.3`, `libfoo>=1.2`, `so:libcrypto.so.3=3.0.0` */
function alpineNeed(word: string): Need {
  const [, name = '', relation = null, version = ''] = /^([^<>=~]+)(?:([<>]=?|=|~=?)(.*))?$/.exec(word) ?? [];
  return { name, relation: relation === null ? null : (APK_RELATIONS[relation] ?? null), version };
}

const APK_RELATIONS: Readonly<Record<string, NonNullable<Need['relation']>>> = {
  '<': '<<',
  '<=': '<=',
  '=': '=',
  '>=': '>=',
  '>': '>>',
};
