/** A request to the Docker API, split into its parts. */
export interface Call {
  readonly method: string;
  /** `1.44`; null if the client names none. */
  readonly version: string | null;
  /** The parts of the path, decoded: `containers`, `web`, `json`. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** The JSON that was sent; undefined if nothing was. */
  readonly body: unknown;
}

/** Before this version, a start could give a container more rights. */
const OLDEST = { major: 1, minor: 24 };

/** Why a request cannot be split. */
export type Unreadable = 'path' | 'query' | 'body' | 'version';

/**
 * Splits a request into its parts. None of its text is passed on unchanged.
 * @example parseCall('GET', '/v1.44/containers/web/json?size=1', '')
 */
export function parseCall(method: string, target: string, body: string): Call | Unreadable {
  const url =
    !target.startsWith('//') && URL.canParse(target, 'http://docker') ? new URL(target, 'http://docker') : null;
  const parts = url === null ? null : decoded(url.pathname.split('/').slice(1));
  if (url === null || parts === null) return 'path';
  const version = /^v(\d+)\.(\d+)$/.exec(parts[0] ?? '');
  const path = version === null ? parts : parts.slice(1);
  if (path.some((part) => part === '' || part.includes('/'))) return 'path';
  if (version !== null && isTooOld(Number(version[1]), Number(version[2]))) return 'version';
  const query = new Map(url.searchParams);
  if (query.size !== [...url.searchParams].length) return 'query';
  const json = parsed(body);
  if (json === null) return 'body';
  return { method, version: version === null ? null : `${version[1]}.${version[2]}`, path, query, body: json.value };
}

function isTooOld(major: number, minor: number): boolean {
  return major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
}

function decoded(parts: readonly string[]): string[] | null {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return null;
  }
}

function parsed(body: string): { readonly value: unknown } | null {
  if (body.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return null;
  }
}
