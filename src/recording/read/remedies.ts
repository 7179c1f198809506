import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REMEDY_FILE } from '../../journal/index.js';
import { SlopegateError } from '../../model/index.js';
import { remediesSchema } from '../schemas/remedy-schema.js';

/** The remedies that were tested for a run; empty if there are none. @throws SlopegateError RUN_UNREADABLE */
export async function readRemedies(directory: string) {
  const path = join(directory, REMEDY_FILE);
  if (!existsSync(path)) return [];
  const unreadable = (message: string, cause?: unknown): SlopegateError =>
    new SlopegateError('RUN_UNREADABLE', message, {
      cause,
      location: path,
      hint: 'Move the file away. The remedies can be tested again: slopegate remedy --help',
    });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw unreadable(`${path} is not a JSON document.`, cause);
  }
  const parsed = remediesSchema.safeParse(document);
  if (parsed.success) return parsed.data.tests;
  const [issue] = parsed.error.issues;
  throw unreadable(
    `${path} is not as slopegate writes it: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`,
  );
}
