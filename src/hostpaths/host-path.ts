import type { ComposeMount } from '../compose/model.js';

/** What is at a host path that a compose file mounts. */
export interface HostPath {
  readonly kind: 'file' | 'folder' | 'socket' | 'pipe' | 'device' | 'missing';
  /** The real path after links and `..`; the path itself if that is not known. */
  readonly real?: string;
  /** The small text files at or below the path, joined; empty if they were not read. */
  readonly text: string;
  /** Bytes of a copy on the disk; absent if not everything below the path was visited. */
  readonly bytes?: number;
  /** Some of the sockets, pipes and devices below a folder. */
  readonly special?: readonly string[];
  /** The name of the database server whose files are below the path. */
  readonly database?: string;
}

const MISSING: HostPath = { kind: 'missing', text: '' };

export type HostPaths = Readonly<Record<string, HostPath>>;

/** The host path of a mount. In a resolved model Compose doubles dollar signs. */
export function sourceOf({ source = '' }: ComposeMount): string {
  return source.replaceAll('$$', '$');
}

/** What is at a path; "missing" if it was not examined. */
export function at(hostPaths: HostPaths, source: string): HostPath {
  return Object.hasOwn(hostPaths, source) ? (hostPaths[source] ?? MISSING) : MISSING;
}

/** The path that decides what a mount means: links followed, without `//`, `..` and a slash at its end. */
export function realOf(hostPaths: HostPaths, source: string): string {
  return at(hostPaths, source).real ?? normalPath(source);
}

/** A path without empty parts, `.` and `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The part of a path below a folder that contains it; empty for the folder itself. */
export function below(path: string, folder: string): string {
  return path.slice(folder.length).replace(/^\/+/, '');
}
