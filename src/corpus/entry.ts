import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';

export type RequestParts = Pick<CorpusRequest, 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour'>;

/** What a format reader finds: a request, or a place where none could be read. */
export type Entry =
  | {
      readonly kind: 'request';
      readonly line: number;
      readonly parts: RequestParts;
      readonly label: string | null;
      /** Milliseconds since 1970. */ readonly time: number | null;
    }
  | { readonly kind: 'problem'; readonly line: number; readonly message: string }
  /** Something the user should know about the whole file. */
  | { readonly kind: 'note'; readonly message: string };

export interface Source {
  readonly file: string;
  /** The file's bytes, unpacked where it is gzipped. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly options: FormatOptions;
}

export interface FormatOptions {
  /** Keep each request's bytes exactly, even where they contradict themselves; raw files and GoReplay. */
  readonly exact: boolean;
  /** How a line of an access log is made up, in nginx's or Apache's notation; null for `combined`. */
  readonly logFormat: string | null;
}

/** Reads one file, a bounded piece at a time. */
export type Format = (source: Source) => AsyncIterable<Entry>;

export function request(
  line: number,
  parts: RequestParts,
  label: string | null = null,
  time: number | null = null,
): Entry {
  return { kind: 'request', line, parts, label, time: time === null || Number.isNaN(time) ? null : time };
}

export function problem(line: number, message: string): Entry {
  return { kind: 'problem', line, message };
}

/**
 * The entry made of JSON or YAML; the problem with it where it cannot be parsed, or has something else where a field
 * should be.
 */
export function shaped<Read extends Entry | null>(line: number, message: string, read: () => Read): Read | Entry {
  try {
    return read();
  } catch (error) {
    // An alias in YAML without its anchor is a ReferenceError.
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof ReferenceError)
      return problem(line, message);
    throw error;
  }
}
