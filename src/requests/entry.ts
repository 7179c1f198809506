import type { LabelPart } from '../model/index.js';
import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';
import type { NoteKind, SkipReason } from './reasons.js';

export type RequestParts = Pick<CorpusRequest, 'method' | 'target' | 'headers' | 'body' | 'raw' | 'behaviour'>;

/** A request that was found, and the notes about it. */
export interface RequestEntry {
  readonly kind: 'request';
  readonly line: number;
  readonly parts: RequestParts;
  readonly label: string | null;
  /** Milliseconds since 1970. */
  readonly time: number | null;
  readonly notes: readonly NoteKind[];
}

/** A place at which no request could be read: a code that is counted, and a sentence about this place. */
export interface Problem {
  readonly kind: 'problem';
  readonly line: number;
  readonly reason: SkipReason;
  readonly message: string;
}

/** What the reader of a format finds. */
export type Entry = RequestEntry | Problem;

export interface TrafficFile {
  readonly file: string;
  /** The file's bytes, unpacked if it is gzipped. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly options: FormatOptions;
}

export interface FormatOptions {
  /** Keep the exact bytes of each request, even if they contradict themselves; for raw files and GoReplay. */
  readonly exact: boolean;
  /** The format of a line in an access log: a name, or nginx's or Apache's notation; null to detect it. */
  readonly logFormat: string | null;
  /** For access logs in JSON: where the fields of a request are. Other fields are where servers usually write them. */
  readonly logFields: ReadonlyMap<string, string>;
  readonly labelBy: readonly LabelPart[];
  /** Paranoia level of each rule, if it is known. */
  readonly levels: ReadonlyMap<string, number>;
}

/** Reads one file in pieces of limited size. */
export type Format = (source: TrafficFile) => AsyncIterable<Entry>;

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
 * The entry made from JSON or YAML. If that cannot be parsed, or a field has the wrong kind of value, the problem with
 * it.
 */
export function entryOrProblem<Read>(line: number, message: string, read: () => Read): Read | Problem {
  try {
    return read();
  } catch (error) {
    return unreadableEntry(error, line, message);
  }
}

/** The problem with an entry that could not be read. @throws errors that the entry did not cause */
export function unreadableEntry(error: unknown, line: number, message: string): Problem {
  // In YAML, an alias without its anchor is a ReferenceError.
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof ReferenceError)
    return problem(line, 'malformed', message);
  throw error;
}
