import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SlopegateError } from '../model/index.js';
import {
  REMEDY_SCHEMA,
  RESULT_SCHEMA,
  type Explanation,
  type RemedyTest,
  type RemedyTests,
  type Result,
} from '../results/index.js';
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

export const REMEDY_FILE = 'remedy.json';

/** The file with the remedies that were tested for a run. */
export function remedyReport(tests: readonly RemedyTest[]): ReportFile {
  const document: RemedyTests = { schema: REMEDY_SCHEMA, tests };
  return { path: REMEDY_FILE, contents: `${JSON.stringify(document, null, 2)}\n` };
}

export const EXPLANATION_FILE = 'explanation.json';

/** The file with what keeps the memory, by the last diagnosis after a run. */
export function explanationReport(explanation: Explanation): ReportFile {
  return { path: EXPLANATION_FILE, contents: `${JSON.stringify(explanation, null, 2)}\n` };
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
