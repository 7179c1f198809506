import { RECORDING_SCHEMA, UNSEALED_SCHEMA } from '../../../src/model/index.js';
import { textDigest } from '../../../src/journal/seal/digest.js';
import { sealer } from '../../../src/journal/seal/seal.js';

/** A line of the journal without its seal. */
export type JournalLine = Record<string, unknown> & { k: string; t?: string };

/** A recording that can be changed, line by line, and written anew. */
export interface RunFiles {
  readonly manifest: Record<string, unknown>;
  readonly lines: readonly JournalLine[];
}

/** The two files of a recording, by name. */
export type WrittenRun = ReadonlyMap<'manifest.json' | 'journal.ndjson', string>;

/** Writes a recording with right seals, whatever was changed in it. */
export function writeSealed({ manifest, lines }: RunFiles): WrittenRun {
  const text = manifestText(manifest);
  const seal = sealer();
  const last = lines.findLast(({ k }) => k === 'manifest');
  const sealed = lines.map((line) =>
    // The manifest is sealed when a run begins, and again when it ends.
    seal(line === last ? JSON.stringify({ ...line, sha256: textDigest(text) }) : textOf(line)),
  );
  return asFiles(text, sealed);
}

/** Writes it as the first version of slopegate did, without a seal. */
export function writeUnsealed({ manifest, lines }: RunFiles): WrittenRun {
  const schemaOf = (schema: unknown): unknown => (schema === RECORDING_SCHEMA ? UNSEALED_SCHEMA : schema);
  const text = manifestText({ ...manifest, schema: schemaOf(manifest['schema']) });
  const kept = lines.filter(({ k }) => k !== 'manifest');
  return asFiles(
    text,
    kept.map((line) =>
      line['k'] === 'journal' ? JSON.stringify({ ...line, schema: schemaOf(line['schema']) }) : textOf(line),
    ),
  );
}

function asFiles(manifest: string, lines: readonly string[]): WrittenRun {
  return new Map([
    ['manifest.json', manifest],
    ['journal.ndjson', `${lines.join('\n')}\n`],
  ]);
}

const manifestText = (manifest: object): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Most lines of a recording are those of the one before it. */
const texts = new WeakMap<JournalLine, string>();

function textOf(line: JournalLine): string {
  const text = texts.get(line) ?? JSON.stringify(line);
  texts.set(line, text);
  return text;
}
