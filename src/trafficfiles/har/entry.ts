/** The parts of an entry that are read. A file may contain anything; readers check what they use. */
export interface HarEntry {
  readonly startedDateTime?: string | null;
  readonly request?: HarRequest | null;
  readonly response?: HarResponse | null;
  readonly cache?: { readonly beforeRequest?: unknown } | null;
  /** Chrome: the cache from which the answer came. */
  readonly _fromCache?: unknown;
}

export interface HarResponse {
  /** 0 if there was no answer. */
  readonly status?: number;
  /** Chrome: why there was none, as in `net::ERR_BLOCKED_BY_CLIENT`. */
  readonly _error?: string | null;
}

export interface HarRequest {
  readonly method?: string;
  readonly url?: string;
  readonly httpVersion?: string;
  readonly headers?: readonly HarPair[] | null;
  readonly cookies?: readonly HarPair[] | null;
  readonly queryString?: readonly HarPair[] | null;
  readonly bodySize?: number;
  readonly postData?: PostData | null;
}

interface HarPair {
  readonly name: string;
  readonly value?: unknown;
}

export interface PostData {
  readonly mimeType?: string;
  readonly text?: string | null;
  readonly encoding?: string;
  readonly params?: readonly HarParam[] | null;
  /** Playwright: the file with the body, beside the archive. */
  readonly _file?: string;
}

export interface HarParam extends HarPair {
  readonly fileName?: string;
  readonly contentType?: string;
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError('a text is expected');
}
