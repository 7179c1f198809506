import { EXACT_FORMATS, SlopegateError } from '../model/index.js';
import {
  problem,
  type FormatOptions,
  type NoteKind,
  type RequestEntry,
  type RequestParts,
  type SkipReason,
} from '../requests/index.js';
import { unsendable } from '../traffic/bytes.js';
import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';
import { chunksOf, filesUnder, type Found } from './files.js';
import { ENDINGS, FORMATS, type FormatName } from './formats.js';
import { createMasking } from './redact/masking.js';
import { createRedactor, isPacked } from './redact/redactor.js';
import { createLabelling, isFor } from './label-by.js';
import { rehosting } from './rehost.js';

export interface ImportOptions extends FormatOptions {
  readonly format: FormatName;
  readonly paths: readonly string[];
  /** Absolute paths of files that are skipped if they are in a folder: the files that the import itself writes. */
  readonly except: readonly string[];
  /** Label of every request; null keeps the label of the format, or `recorded`. */
  readonly label: string | null;
  /** Only requests to these hosts; all hosts if empty. */
  readonly onlyHost: readonly string[];
  /** Host header to send instead of the recorded one; null keeps it. */
  readonly host: string | null;
  /** Additional names whose values are masked, and names whose values are kept. */
  readonly mask: readonly string[];
  readonly keep: readonly string[];
  /** Called for every masked value, with its name. */
  readonly onMasked: (name: string) => void;
  /** The salt of the masks; null keeps secrets as they are. */
  readonly redactionSalt: string | null;
  /** Only requests from this time on and before the other one, in milliseconds since 1970; null for no limit. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether the first malformed entry is an error. */
  readonly strict: boolean;
  /** Called for every skipped entry. */
  readonly onSkipped: (skipped: Skipped) => void;
  /** Called for everything that a request lost or gained. */
  readonly onNote: (note: Noted) => void;
}

/** An entry that did not become a request: its place, the reason and a sentence. */
export interface Skipped {
  readonly location: string;
  readonly reason: SkipReason;
  readonly message: string;
}

export interface Noted {
  readonly location: string;
  readonly note: NoteKind;
}

/**
 * Requests from recordings, one at a time, in the order of the files. Memory depends only on the largest request. All
 * files share one clock: `at` is counted from the first time that is read, so it is negative for earlier requests.
 */
export async function* importTraffic(options: ImportOptions): AsyncGenerator<CorpusRequest> {
  // Tests of a rule set were written and not recorded. They have no secrets, but often an attack in a cookie.
  const redact =
    options.redactionSalt === null || options.format === 'ftw'
      ? (parts: RequestParts): RequestParts => parts
      : createRedactor(createMasking({ ...options, salt: options.redactionSalt }));
  const rehost = options.host === null ? (parts: RequestParts): RequestParts => parts : rehosting(options.host);
  const labelled = createLabelling(options.labelBy);
  let begun: number | null = null;
  for await (const { found, entry } of requestsUnder(options)) {
    const { line, label, time, notes, parts } = entry;
    for (const note of notes) options.onNote({ location: `${found.file}:${line}`, note });
    if (options.redactionSalt !== null && isPacked(parts))
      options.onNote({ location: `${found.file}:${line}`, note: 'body-packed' });
    if (time !== null) begun ??= time;
    yield {
      label: options.label ?? labelled(parts, label) ?? 'recorded',
      source: `${found.name}:${line}`,
      at: time === null || begun === null ? null : time - begun,
      ...redact(rehost(parts)),
    };
  }
}

/** Every request that can be sent. Everything else is reported, or is an error with `strict`. */
async function* requestsUnder(options: ImportOptions): AsyncGenerator<{ found: Found; entry: RequestEntry }> {
  const ending = ENDINGS[options.format];
  const isLimited = options.from !== null || options.to !== null;
  for await (const found of filesUnder(options.paths)) {
    if (found.inFolder && options.except.includes(found.file)) continue;
    if (found.trouble === null && found.inFolder && ending?.test(found.file) === false) {
      options.onNote({ location: found.file, note: 'other-file' });
      continue;
    }
    const entries =
      found.trouble === null
        ? FORMATS[options.format]({ file: found.file, chunks: chunksOf(found.file), options })
        : [problem(1, 'unreadable', found.trouble)];
    for await (const entry of entries) {
      const wrong = entry.kind === 'problem' ? null : unsendable(entry.parts);
      if (entry.kind === 'problem') skip(options, found, entry.line, entry);
      else if (wrong !== null)
        skip(options, found, entry.line, { reason: 'unsendable', message: `${wrong}${remedyFor(options)}` });
      else if (options.onlyHost.length > 0 && !isFor(entry.parts, options.onlyHost))
        options.onNote({ location: `${found.file}:${entry.line}`, note: 'other-host' });
      else if (!isLimited) yield { found, entry };
      else if (entry.time === null)
        skip(options, found, entry.line, { reason: 'no-time', message: 'The request has no time' });
      else if (entry.time < (options.from ?? entry.time) || entry.time >= (options.to ?? Number.POSITIVE_INFINITY))
        options.onNote({ location: `${found.file}:${entry.line}`, note: 'outside-time' });
      else yield { found, entry };
    }
  }
}

function remedyFor({ format, exact }: ImportOptions): string {
  return EXACT_FORMATS.includes(format) && !exact ? '; --exact keeps its bytes as they are' : '';
}

function skip(
  { strict, onSkipped }: ImportOptions,
  { file }: Found,
  line: number,
  { reason, message }: Pick<Skipped, 'reason' | 'message'>,
): void {
  const location = `${file}:${line}`;
  if (strict)
    throw new SlopegateError('TRAFFIC_INVALID', `${location}: ${message}`, {
      location,
      hint: 'Without --strict, malformed entries are counted and skipped',
    });
  onSkipped({ location, reason, message });
}
