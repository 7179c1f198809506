import { Option, type Command } from 'commander';
import { EXIT, type Context, type ExitCode, type InputFault, type Outcome } from '../model/index.js';
import { annotationsOfFaults, annotationsOfResult, githubAnnotations, type Annotation } from '../report/index.js';
import { OUTCOME_EXITS } from '../run/judgement.js';
import { shownPath } from '../run/paths.js';
import type { Result } from '../results/index.js';
import { inspectScenario } from '../scenario/index.js';

/** The verdicts that break a build, by the mildest of them. FAIL always does. */
const BREAKING = {
  fail: ['fail'],
  invalid: ['fail', 'invalid'],
  inconclusive: ['fail', 'invalid', 'inconclusive'],
} as const satisfies Readonly<Record<string, readonly Outcome[]>>;

/** Options of a command that judges, for CI systems. */
export interface CiFlags {
  readonly failOn?: keyof typeof BREAKING;
  readonly annotate?: 'github';
}

/** Adds `--annotate` to a command. */
export function withAnnotateOption(command: Command): Command {
  return command.addOption(
    new Option('--annotate <system>', 'print messages for this CI system, with file and line').choices(['github']),
  );
}

/** Adds `--fail-on` and `--annotate` to a command that judges. */
export function withCiOptions(command: Command): Command {
  return withAnnotateOption(
    command.addOption(
      new Option(
        '--fail-on <verdict>',
        'the mildest verdict that breaks the build (exit code not 0); fail: only FAIL, invalid: also INVALID, ' +
          'inconclusive: also INCONCLUSIVE (default: inconclusive)',
      ).choices(Object.keys(BREAKING)),
    ),
  );
}

/**
 * The exit code of a verdict under `--fail-on`. A verdict that the option lets through is named on standard error.
 * With `--annotate`, the annotations of the verdict are printed there too.
 * @param place the line of the scenario that the annotations name; null if there is none
 */
export function conclude(result: Result, context: Context, flags: CiFlags, place: Annotation['place']): ExitCode {
  const { outcome } = result.verdict;
  const breaking: readonly Outcome[] = BREAKING[flags.failOn ?? 'inconclusive'];
  const breaks = breaking.includes(outcome);
  if (!breaks && outcome !== 'pass')
    context.err.write(
      `${outcome.toUpperCase()} does not break the build (--fail-on ${flags.failOn}): ` +
        `exit code 0 instead of ${OUTCOME_EXITS[outcome]}\n`,
    );
  if (flags.annotate !== undefined) annotate(annotationsOfResult(result, place, breaks), context);
  return breaks ? OUTCOME_EXITS[outcome] : EXIT.pass;
}

/** Prints the faults of a user's file for a CI system. */
export function annotateFaults(faults: readonly InputFault[], context: Context): void {
  annotate(annotationsOfFaults(faults), context);
}

/** Where a scenario states the candidate: a verdict is about this line. @throws SlopegateError SCENARIO_UNREADABLE */
export async function candidatePlace(file: string): Promise<Annotation['place']> {
  const { source } = await inspectScenario(file);
  return source.place(['arms', 'candidate']);
}

function annotate(annotations: readonly Annotation[], { env, cwd, err }: Context): void {
  const root = env['GITHUB_WORKSPACE'] ?? cwd;
  const relative = annotations.map((one): Annotation =>
    one.place === null ? one : { ...one, place: { ...one.place, file: shownPath(root, one.place.file) } },
  );
  err.write(githubAnnotations(relative));
}
