import { join } from 'node:path';
import type { Context, ExitCode } from '../model/index.js';
import type { Annotation } from '../report/index.js';
import { printResult, type Judged } from '../run/judgement.js';
import { shownPath } from '../run/paths.js';
import { conclude, type CiFlags } from './ci-options.js';

/** Options of a command that ends with a verdict. */
export interface VerdictFlags extends CiFlags {
  readonly json?: boolean;
}

/**
 * Prints the verdict and names the page with the report, unless it could not be written.
 * @param reports the folder with the reports
 * @param place the line of the scenario that annotations name; null if there is none
 * @returns the exit code
 */
export function showVerdict(
  { result, unwritten }: Judged,
  reports: string,
  context: Context,
  flags: VerdictFlags,
  place: Annotation['place'],
): ExitCode {
  printResult(result, context, { json: flags.json ?? false });
  if (unwritten === null) context.err.write(`HTML report: ${shownPath(context.cwd, join(reports, 'report.html'))}\n`);
  return conclude(result, context, flags, place);
}
