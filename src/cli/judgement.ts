import { EXIT, SlopegateError, type ExitCode, type OnEvent, type Outcome, type Recording, type Result, type Verdict } from '../model/index.js';
import { readRecording, writeReports } from '../recording/index.js';
import { buildResult, renderTerminal, REPORTERS } from '../report/index.js';
import { buildTrace, recordedSources } from '../traffic/index.js';
import { assess, judge } from '../verdict/index.js';
import type { Context } from './context.js';
import { version } from './version.js';

export const OUTCOME_EXITS: Readonly<Record<Outcome, ExitCode>> = { pass: EXIT.pass, fail: EXIT.fail, inconclusive: EXIT.inconclusive, invalid: EXIT.invalid };

/** The label of every request of the trace; null where it is not known. */
export type Labels = readonly string[] | null;

/** Recording → verdict: the same two steps for a run under way and for `analyze`. */
export function judgeRecording(recording: Recording, labels: Labels = labelsOf(recording)): Verdict {
  return judge(assess(recording, labels === null ? {} : { labels }));
}

/** From the trace made again; null where this version makes another trace of the same seed, or recorded requests would be needed. */
function labelsOf({ manifest: { scenario, trace } }: Recording): Labels {
  if (trace === null || recordedSources(scenario.traffic).length > 0) return null;
  const again = buildTrace(scenario.traffic, trace.requests);
  return again.digest === trace.digest ? again.requests.map(({ label }) => label) : null;
}

/** Judges a run directory, writes every report into it and returns the result. */
export async function judgeDirectory(directory: string, onEvent: OnEvent, labels?: Labels): Promise<Result> {
  const { recording, warnings } = await readRecording(directory);
  for (const text of warnings) onEvent({ type: 'warning', text });
  const result = buildResult(recording, judgeRecording(recording, labels), version());
  await writeAll(directory, result);
  return result;
}

export async function writeAll(directory: string, result: Result): Promise<void> {
  await writeReports(directory, [...REPORTERS.values()].map((report) => report(result)));
}

/** One reporter's text: what `--format` prints. @throws SlopegateError USAGE for a format that is not known */
export function renderFormat(result: Result, format: string): string {
  const reporter = REPORTERS.get(format);
  if (!reporter) throw new SlopegateError('USAGE', `unknown format "${format}"`, { hint: `known formats: ${[...REPORTERS.keys()].join(', ')}` });
  return reporter(result).contents;
}

/** Prints the verdict for a person, or the JSON document for a machine. */
export function printResult(result: Result, context: Context, { json }: { json: boolean }): ExitCode {
  const { out } = context;
  out.write(json ? renderFormat(result, 'json') : renderTerminal(result, { colour: out.colour, width: out.width }));
  return OUTCOME_EXITS[result.verdict.outcome];
}
