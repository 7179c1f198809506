import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDING_SCHEMAS, SlopegateError, type Manifest } from '../../model/index.js';
import { MANIFEST_FILE, NO_RUN_HINT } from '../../journal/files.js';
import { manifestSchema } from '../schemas/manifest-schema.js';
import { textDigest } from '../../journal/seal/digest.js';
import { firstIssue } from './issue-words.js';
import { jsonPlace } from './json-place.js';

export interface ReadManifest {
  readonly manifest: Manifest;
  /** SHA-256 of its text, to be compared with the one in the journal. */
  readonly sha256: string;
}

/** @throws SlopegateError RUN_UNREADABLE, with the place in the file */
export async function readManifest(directory: string): Promise<ReadManifest> {
  const path = join(directory, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(`${directory} has no readable ${MANIFEST_FILE}.`, {
      cause,
      hint: NO_RUN_HINT,
    });
  });
  return parseManifest(text, path);
}

/**
 * The manifest in a text.
 * @param path what errors call its file
 * @throws SlopegateError RUN_UNREADABLE, with the place in the file
 */
export function parseManifest(text: string, path: string): ReadManifest {
  const located = (where: readonly PropertyKey[]): string => {
    const { line, column } = jsonPlace(text, where);
    return `${path}:${line}:${column}`;
  };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw unreadable(`${MANIFEST_FILE} is not a JSON document.`, {
      cause,
      location: located([]),
      hint: 'The folder of a run has manifest.json and journal.ndjson, as the run wrote them: restore the file.',
    });
  }
  const schema = (document as { schema?: unknown } | null)?.schema;
  if (!RECORDING_SCHEMAS.some((known) => known === schema))
    throw unreadable(
      `${path} has the schema ${JSON.stringify(schema)}. This version reads ${RECORDING_SCHEMAS.join(', ')}.`,
      {
        location: located(['schema']),
        hint: 'Read it with the version of slopegate that wrote it, or with a newer one.',
      },
    );
  const parsed = manifestSchema.safeParse(document, { reportInput: true });
  if (!parsed.success) {
    const { words, path: where } = firstIssue(parsed.error.issues);
    throw unreadable(`${MANIFEST_FILE} does not have the form that a run writes: ${where.join('.')} ${words}.`, {
      location: located(where),
      hint:
        'It was changed after the run, or another version of slopegate wrote it: ' +
        'restore it, or read it with that version.',
    });
  }
  // The checked value is the document itself, because a service may have a name with a meaning for objects
  // (`__proto__`). Only its notes and its ramp are changed: in older schemas parts of them were sentences.
  const { notes, ramp } = parsed.data;
  const manifest = { ...(document as Manifest), notes, ...(ramp === undefined ? {} : { ramp }) };
  return { manifest, sha256: textDigest(text) };
}

function unreadable(
  message: string,
  details: { readonly cause?: unknown; readonly location?: string; readonly hint: string },
): SlopegateError {
  return new SlopegateError('RUN_UNREADABLE', message, details);
}
