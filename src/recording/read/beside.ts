import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { SlopegateError } from '../../model/index.js';

/** A document that a later command wrote into the folder of a run. */
interface Beside<T> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  /** What to do if it cannot be read. */
  readonly hint: string;
}

/** Reads such a document; null if there is none. @throws SlopegateError RUN_UNREADABLE */
export async function readBeside<T>(directory: string, { file, schema, hint }: Beside<T>): Promise<T | null> {
  const path = join(directory, file);
  if (!existsSync(path)) return null;
  const unreadable = (message: string, cause?: unknown): SlopegateError =>
    new SlopegateError('RUN_UNREADABLE', message, { cause, location: path, hint });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw unreadable(`${path} is not a JSON document.`, cause);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(
    `${path} is not as slopegate writes it: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`,
  );
}
