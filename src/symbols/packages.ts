/** What is asked of the file system of a container; null for what is not there. */
export interface ContainerFiles {
  readonly text: (path: string) => string | null;
  readonly list: (path: string) => readonly string[] | null;
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
