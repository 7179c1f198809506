import { dirname, join, normalize } from 'node:path/posix';

/** What is asked of the file system of a container; null for what is not there. */
export interface ContainerFiles {
  readonly text: (path: string) => string | null;
  readonly list: (path: string) => readonly string[] | null;
}

/**
 * The package of npm that a file of JavaScript belongs to, from the nearest package.json that has a name and a version:
 * `express@4.18.2`; null without one.
 */
export function npmPackageOf({ text }: Pick<ContainerFiles, 'text'>, path: string): string | null {
  for (let folder = dirname(normalize(path)); ; folder = dirname(folder)) {
    const found = identityIn(text(join(folder, 'package.json')));
    if (found !== null) return found;
    if (folder === dirname(folder)) return null;
  }
}

function identityIn(text: string | null): string | null {
  try {
    const { name, version } = JSON.parse(text ?? '{}') as { readonly name?: unknown; readonly version?: unknown };
    return typeof name === 'string' && typeof version === 'string' ? `${name}@${version}` : null;
  } catch {
    // A package.json may be broken, and a program may run without it.
    return null;
  }
}

const DPKG = '/var/lib/dpkg';

/**
 * The package of Debian that a file came with, and its version; null without a package system that is known here, or
 * for a file that belongs to none.
 */
export function packageOf(files: ContainerFiles, path: string): string | null {
  // dpkg may list /usr/lib/x as /lib/x: the path before /lib was merged into /usr/lib.
  const paths = new Set([path, path.replace(/^\/usr\//, '/')]);
  for (const name of files.list(`${DPKG}/info`) ?? []) {
    if (!name.endsWith('.list')) continue;
    const listed = files.text(`${DPKG}/info/${name}`)?.split('\n') ?? [];
    if (!listed.some((one) => paths.has(one))) continue;
    const owner = name.slice(0, -'.list'.length).replace(/:.*$/, '');
    const status = files.text(`${DPKG}/status`) ?? '';
    const entry = status.split('\n\n').find((text) => text.startsWith(`Package: ${owner}\n`));
    const version = /^Version: (.*)$/m.exec(entry ?? '')?.[1];
    return version === undefined ? owner : `${owner} ${version}`;
  }
  return null;
}
