import { SlopegateError, type ImportFormat } from '../model/index.js';
import { unsendable } from '../traffic/bytes.js';
import type { CorpusRequest } from '../traffic/recorded/corpus-request.js';
import type { Entry, Format, RequestParts } from './entry.js';
import { chunksOf, filesUnder } from './files.js';
import { accessLog } from './formats/access-log.js';
import { auditJson } from './formats/audit-json.js';
import { auditNative } from './formats/audit-native.js';
import { goFtw } from './formats/go-ftw.js';
import { gor } from './formats/gor.js';
import { har } from './formats/har.js';
import { rawHttp } from './formats/raw-http.js';
import { vegeta } from './formats/vegeta.js';
import { createRedactor } from './redact/redactor.js';

export const FORMATS = {
  har,
  http: rawHttp,
  ftw: goFtw,
  gor,
  'access-log': accessLog,
  vegeta,
  'modsecurity-native': auditNative,
  'modsecurity-json': auditJson,
} as const satisfies Record<ImportFormat, Format>;
export type FormatName = keyof typeof FORMATS;

export interface ImportOptions {
  readonly format: FormatName;
  readonly paths: readonly string[];
  /** Label of every request; null leaves what the format says, or `recorded`. */
  readonly label: string | null;
  /** Host header to send instead of the recorded one; null keeps it. */
  readonly host: string | null;
  /** Secret from which redacted values are made; null leaves secrets as they are. */
  readonly redactionSalt: string | null;
  /** Whether the first malformed entry is an error. */
  readonly strict: boolean;
  readonly exact: boolean;
  readonly logFormat: string | null;
  /** Told of every entry that was skipped. */
  readonly onSkipped: (location: string, message: string) => void;
  /** Told once of what a format cannot give. */
  readonly onNote: (message: string) => void;
}

/** Requests from what operators have, one at a time; memory is bounded by the largest request. */
export async function* importTraffic(options: ImportOptions): AsyncGenerator<CorpusRequest> {
  // Tests of a rule set were written, not recorded: there is no secret in them, but many an attack in a cookie.
  const redact =
    options.redactionSalt === null || options.format === 'ftw'
      ? (parts: RequestParts): RequestParts => parts
      : createRedactor(options.redactionSalt);
  const rehost = options.host === null ? (parts: RequestParts): RequestParts => parts : rehosting(options.host);
  const noted = new Set<string>();
  for await (const file of filesUnder(options.paths)) {
    let begun: number | null = null;
    for await (const entry of entriesOf(file, options)) {
      if (entry.kind === 'note') {
        if (!noted.has(entry.message)) options.onNote(entry.message);
        noted.add(entry.message);
        continue;
      }
      const location = `${file}:${entry.line}`;
      const wrong = entry.kind === 'problem' ? entry.message : unsendable(entry.parts);
      if (entry.kind === 'problem' || wrong !== null) {
        if (options.strict)
          throw new SlopegateError('TRAFFIC_INVALID', `${location}: ${wrong}`, {
            location,
            hint: 'Without --strict, malformed entries are counted and skipped',
          });
        options.onSkipped(location, wrong as string);
        continue;
      }
      if (entry.time !== null) begun ??= entry.time;
      const at = entry.time === null || begun === null ? null : Math.max(0, entry.time - begun);
      yield { label: options.label ?? entry.label ?? 'recorded', source: location, at, ...redact(rehost(entry.parts)) };
    }
  }
}

function entriesOf(file: string, { format, exact, logFormat }: ImportOptions): AsyncIterable<Entry> {
  return FORMATS[format]({ file, chunks: chunksOf(file), options: { exact, logFormat } });
}

function rehosting(host: string): (parts: RequestParts) => RequestParts {
  return (parts) => ({
    ...parts,
    headers: parts.headers.map(([name, value]) => [name, name.toLowerCase() === 'host' ? host : value] as const),
    ...(parts.raw === undefined
      ? {}
      : {
          raw: Buffer.from(
            Buffer.from(parts.raw)
              .toString('latin1')
              .replace(/^(host:[ \t]*)[^\r\n]*/im, (_, name: string) => name + host),
            'latin1',
          ),
        }),
  });
}
