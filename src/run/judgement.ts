import {
  EXIT,
  SlopegateError,
  type Context,
  type ExitCode,
  type OnEvent,
  type Outcome,
  type Recording,
} from '../model/index.js';
import type { Result, Verdict } from '../results/index.js';
import { writeReports } from '../journal/index.js';
import { readExplanation, readRecording, readRemedies, type ReadResult } from '../recording/index.js';
import { buildResult, renderTerminal, REPORTERS } from '../report/index.js';
import { assess, judge, JUDGED_METRICS } from '../verdict/index.js';
import { version } from './version.js';

export const OUTCOME_EXITS: Readonly<Record<Outcome, ExitCode>> = {
  pass: EXIT.pass,
  fail: EXIT.fail,
  inconclusive: EXIT.inconclusive,
  invalid: EXIT.invalid,
};

/** Recording → verdict: the same two steps for a run in progress and for `analyze`. */
export function judgeRecording(recording: Recording): Verdict {
  return judge(assess(recording));
}

/** Reads a run directory, finished or not, with what a judgement needs of it. @throws SlopegateError RUN_UNREADABLE */
export function readRun(directory: string): Promise<ReadResult> {
  return readRecording(directory, { metrics: JUDGED_METRICS, medians: false });
}

export interface Judged {
  readonly result: Result;
  /** The error if a report could not be written; null if all were. The verdict is valid in both cases. */
  readonly unwritten: SlopegateError | null;
}

/** Judges a run directory, and writes nothing. @throws SlopegateError RUN_UNREADABLE */
export async function judgedResult(directory: string, onEvent: OnEvent = () => {}): Promise<Result> {
  const { recording, warnings } = await readRun(directory);
  for (const note of warnings) onEvent({ type: 'note', note });
  const result = buildResult(recording, judgeRecording(recording), version());
  const remedies = await readRemedies(directory);
  const explanation = await readExplanation(directory);
  return {
    ...result,
    ...(remedies.length === 0 ? {} : { remedies }),
    ...(explanation === null ? {} : { explanation }),
  };
}

/** Judges a run directory and writes every report, into it or into another folder. */
export async function judgeDirectory(directory: string, onEvent: OnEvent, reports = directory): Promise<Judged> {
  const result = await judgedResult(directory, onEvent);
  const unwritten = await writeWhatCanBe(reports, result);
  if (unwritten !== null)
    onEvent({ type: 'warning', text: `Not every report could be written: ${unwritten.message}. The verdict stands.` });
  return { result, unwritten };
}

/** Writes every report that it can; returns the first failure, or null. */
async function writeWhatCanBe(directory: string, result: Result): Promise<SlopegateError | null> {
  let first: SlopegateError | null = null;
  for (const report of REPORTERS.values()) {
    try {
      await writeReports(directory, [report(result)]);
    } catch (error) {
      if (!(error instanceof SlopegateError)) throw error;
      first ??= error;
    }
  }
  return first;
}

/** Writes every report. @throws SlopegateError DISK */
export async function writeAll(directory: string, result: Result): Promise<void> {
  await writeReports(
    directory,
    [...REPORTERS.values()].map((report) => report(result)),
  );
}

/** The text of one reporter, which `--format` prints. @throws SlopegateError USAGE if the format is not known */
export function renderFormat(result: Result, format: string): string {
  const reporter = REPORTERS.get(format);
  if (!reporter)
    throw new SlopegateError('USAGE', `unknown format "${format}"`, {
      hint: `known formats: ${[...REPORTERS.keys()].join(', ')}`,
    });
  return reporter(result).contents;
}

/** Prints the verdict for a person, or the JSON document for a machine. */
export function printResult(result: Result, context: Context, { json }: { json: boolean }): ExitCode {
  const { out } = context;
  out.write(json ? renderFormat(result, 'json') : renderTerminal(result, { colour: out.colour, width: out.width }));
  return OUTCOME_EXITS[result.verdict.outcome];
}
