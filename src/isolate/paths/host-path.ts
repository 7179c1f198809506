import type { ComposeMount } from '../../compose/model.js';

/** What stands at a host path that a compose file mounts. */
export interface HostPath {
  readonly kind: 'file' | 'folder' | 'socket' | 'pipe' | 'device' | 'missing';
  /** Where the path leads once links and `..` are followed; the path itself where that is not known. */
  readonly real?: string;
  /** The small text files at or below the path, one after the other; empty where they were not read. */
  readonly text: string;
  /** What a copy would take on the disk; absent where the path was not walked to its end. */
  readonly bytes?: number;
  /** Some of the sockets, pipes and devices below a folder. */
  readonly special?: readonly string[];
  /** The database server whose files lie below, by its name. */
  readonly database?: string;
}

const MISSING: HostPath = { kind: 'missing', text: '' };

export type HostPaths = Readonly<Record<string, HostPath>>;

/** The host path of a mount; Compose writes a dollar sign in a resolved model twice. */
export function sourceOf({ source = '' }: ComposeMount): string {
  return source.replaceAll('$$', '$');
}

/** What stands at a path; missing where it was not looked at. */
export function at(hostPaths: HostPaths, source: string): HostPath {
  return Object.hasOwn(hostPaths, source) ? (hostPaths[source] ?? MISSING) : MISSING;
}

/** The path that decides what a mount means: links followed, no `//`, no `..`, no slash at its end. */
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

/** The part of a path below a folder that it lies in; empty for the folder itself. */
export function below(path: string, folder: string): string {
  return path.slice(folder.length).replace(/^\/+/, '');
}
