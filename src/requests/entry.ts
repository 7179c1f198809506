import type { LabelPart } from '../model/index.js';
import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';
import type { NoteKind, SkipReason } from './reasons.js';

export type RequestParts = Pick<CorpusRequest, 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour'>;

/** A request that was found, and what is to be told about it. */
export interface RequestEntry {
  readonly kind: 'request';
  readonly line: number;
  readonly parts: RequestParts;
  readonly label: string | null;
  /** Milliseconds since 1970. */
  readonly time: number | null;
  readonly notes: readonly NoteKind[];
}

/** A place where no request could be read: a code that is counted, and a sentence about this place. */
export interface Problem {
  readonly kind: 'problem';
  readonly line: number;
  readonly reason: SkipReason;
  readonly message: string;
}

/** What a format reader finds. */
export type Entry = RequestEntry | Problem;

export interface Source {
  readonly file: string;
  /** The file's bytes, unpacked where it is gzipped. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly options: FormatOptions;
}

export interface FormatOptions {
  /** Keep each request's bytes exactly, even if they contradict themselves; raw files and GoReplay. */
  readonly exact: boolean;
  /** How a line of an access log is made up: a name, or nginx's or Apache's notation; null to find out. */
  readonly logFormat: string | null;
  /** Access logs in JSON: where the fields of a request are; the others are where servers are known to write them. */
  readonly logFields: ReadonlyMap<string, string>;
  readonly labelBy: readonly LabelPart[];
  /** Paranoia level of each rule, where it is known. */
  readonly levels: ReadonlyMap<string, number>;
}

/** Reads one file, a bounded piece at a time. */
export type Format = (source: Source) => AsyncIterable<Entry>;

export function request(
  line: number,
  parts: RequestParts,
  {
    label = null,
    time = null,
    notes = [],
  }: { label?: string | null; time?: number | null; notes?: readonly NoteKind[] } = {},
): RequestEntry {
  return { kind: 'request', line, parts, label, time: time === null || Number.isNaN(time) ? null : time, notes };
}

export function problem(line: number, reason: SkipReason, message: string): Problem {
  return { kind: 'problem', line, reason, message };
}

/**
 * The entry made of JSON or YAML; the problem with it where it cannot be parsed, or has something else where a field
 * should be.
 */
export function shaped<Read>(line: number, message: string, read: () => Read): Read | Problem {
  try {
    return read();
  } catch (error) {
    return misshapen(error, line, message);
  }
}

/** The problem with an entry that could not be read as it is. @throws what is no fault of the entry */
export function misshapen(error: unknown, line: number, message: string): Problem {
  // An alias in YAML without its anchor is a ReferenceError.
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof ReferenceError)
    return problem(line, 'malformed', message);
  throw error;
}
