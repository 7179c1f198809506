import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SlopegateError } from '../model/index.js';
import { REMEDY_SCHEMA, RESULT_SCHEMA, type RemedyTest, type RemedyTests, type Result } from '../results/index.js';
import { atomicWrite } from './atomic-write.js';
import { MANIFEST_FILE, NO_RUN_HINT, RESULT_FILE } from './files.js';

export interface ReportFile {
  /** Relative to the run directory. */
  readonly path: string;
  readonly contents: string;
}

/** @throws SlopegateError DISK */
export async function writeReports(directory: string, files: readonly ReportFile[]): Promise<void> {
  for (const { path, contents } of files) atomicWrite(join(directory, path), contents);
}

const REMEDY_FILE = 'remedy.json';

/** The remedies that were tested for a run; empty if there are none. @throws SlopegateError RUN_UNREADABLE */
export async function readRemedies(directory: string): Promise<readonly RemedyTest[]> {
  const path = join(directory, REMEDY_FILE);
  if (!existsSync(path)) return [];
  const unreadable = (message: string, cause?: unknown): SlopegateError =>
    new SlopegateError('RUN_UNREADABLE', message, {
      cause,
      location: path,
      hint: 'Move the file away. The remedies can be tested again: slopegate remedy --help',
    });
  let document: Partial<RemedyTests> | null;
  try {
    document = JSON.parse(await readFile(path, 'utf8')) as Partial<RemedyTests> | null;
  } catch (cause) {
    throw unreadable(`${path} is not a JSON document.`, cause);
  }
  const { schema, tests } = document ?? {};
  if (schema !== REMEDY_SCHEMA || !Array.isArray(tests))
    throw unreadable(`${path} has the schema ${JSON.stringify(schema)}; this version reads ${REMEDY_SCHEMA}.`);
  return tests as readonly RemedyTest[];
}

/** The file with the remedies that were tested for a run. */
export function remedyReport(tests: readonly RemedyTest[]): ReportFile {
  const document: RemedyTests = { schema: REMEDY_SCHEMA, tests };
  return { path: REMEDY_FILE, contents: `${JSON.stringify(document, null, 2)}\n` };
}

/** The judged result of a run directory. @throws SlopegateError RUN_UNREADABLE */
export async function readResult(directory: string): Promise<Result> {
  const path = join(directory, RESULT_FILE);
  const hint = `Judge the run first: slopegate analyze ${directory}`;
  let result: Result | { readonly schema?: unknown };
  try {
    result = JSON.parse(await readFile(path, 'utf8')) as Result | { readonly schema?: unknown };
  } catch (cause) {
    const judgeable = existsSync(join(directory, MANIFEST_FILE));
    throw new SlopegateError('RUN_UNREADABLE', `${directory} has no readable ${RESULT_FILE}.`, {
      cause,
      hint: judgeable ? hint : NO_RUN_HINT,
    });
  }
  if (result.schema !== RESULT_SCHEMA)
    throw new SlopegateError(
      'RUN_UNREADABLE',
      `${path} has the schema ${JSON.stringify(result.schema)}; this version reads ${RESULT_SCHEMA}.`,
      { hint },
    );
  return result as Result;
}
