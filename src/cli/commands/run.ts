import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { failureFrom, SlopegateError, type Context, type OnEvent, type Scenario } from '../../model/index.js';
import type { Result } from '../../results/index.js';
import { loadOverridden } from '../../scenario/index.js';
import { failureWords } from '../../words/statements/failures.js';
import type { Action } from '../action.js';
import { shownPath } from '../../run/paths.js';
import { candidatePlace, withCiOptions } from '../ci-options.js';
import { concludeShare, shareOf } from '../replicate-share.js';
import { overridesOf, withOverrideOptions, type OverrideFlags } from '../overrides.js';
import { remember } from '../remember.js';
import { showProgress } from '../progress.js';
import { showVerdict, type VerdictFlags } from '../show-verdict.js';
import { tellBeforehand } from '../beforehand.js';
import { explainRun } from '../../run/explain-run.js';
import { USUAL_REQUESTS } from '../../run/explain-scenario.js';
import { runScenario, type RunOutcome } from '../../run/run-scenario.js';
import { describeExplanation } from '../explain-view.js';

interface RunOptions extends OverrideFlags, VerdictFlags {
  readonly out?: string;
  readonly resume?: string;
  readonly replicate?: string;
  readonly explain?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function runCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('run')
    .description('start both versions, send the traffic, compare the growth, write the reports')
    .argument('<scenario>', 'a scenario YAML file')
    .option('--out <folder>', 'the folder for the run directory (default: reports)')
    .option('--resume <run>', 'finish an interrupted run; RUN is its folder')
    .option('--replicate <share>', 'run one replicate of several: 2/5, confirm/5, auto/5 or auto (docs/machines.md)')
    .option('--explain', 'after a FAIL, also name the functions whose memory stays (docs/explain.md)')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints');
  withCiOptions(withOverrideOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  slopegate run scenarios/modsecurity-xml/rollback.yaml
  slopegate run my-waf.yaml --json --quiet > result.json
  slopegate run my-waf.yaml --preset quick --only login,search
  slopegate run my-waf.yaml --resume reports/RUN
  slopegate run my-waf.yaml --explain          as "slopegate explain RUN" does, by itself after a FAIL
  slopegate run my-waf.yaml --replicate 2/5    on one of five machines; then: slopegate merge RUN…
  slopegate run my-waf.yaml --fail-on fail --annotate github    in CI: docs/ci.md

Exit codes: 0 pass, 1 fail, 3 inconclusive, 4 invalid. Ctrl-C removes everything that was started; the recording stays
in the run directory.`,
    )
    .action((file: string, options: RunOptions) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: options.quiet ?? false, verbose: options.verbose ?? false });
        try {
          const resumed = options.resume === undefined ? null : resolve(context.cwd, options.resume);
          const share = options.replicate === undefined ? null : shareOf(options.replicate, context.env);
          refuseBeside(options);
          const scenario = await loadOverridden(
            file,
            overridesOf(share === null ? options : { ...options, replicates: share.of }),
          );
          const place = await candidatePlace(file);
          await tellBeforehand(scenario, context, progress.onEvent);
          const judged = await runScenario(
            scenario,
            context,
            resumed === null ? resolve(context.cwd, options.out ?? 'reports') : dirname(resumed),
            progress.onEvent,
            { resumed, share },
          );
          const { directory, unwritten } = judged;
          if (share === null) remember(judged.result, directory, context);
          const result =
            options.explain === true ? await explained(judged, scenario, context, progress.onEvent) : judged.result;
          progress.close();
          if (share !== null)
            return concludeShare(
              result,
              { directory: shownPath(context.cwd, directory), share, json: options.json ?? false },
              context,
            );
          const exit = showVerdict({ result, unwritten }, directory, context, options, place);
          if (result.explanation !== undefined && options.json !== true)
            context.out.write(`\n${describeExplanation(result.explanation)}`);
          return exit;
        } finally {
          progress.close();
        }
      }),
    );
}

/**
 * The result with its explanation, if the candidate failed. The verdict is written already: if the diagnosis fails or
 * is interrupted, this is a warning.
 */
async function explained(
  { result, directory }: RunOutcome,
  scenario: Scenario,
  context: Context,
  onEvent: OnEvent,
): Promise<Result> {
  if (result.verdict.outcome !== 'fail') return result;
  onEvent({ type: 'step', text: 'the verdict is FAIL and is written; starting both versions again to explain it' });
  try {
    return await explainRun(scenario, context, directory, USUAL_REQUESTS, onEvent);
  } catch (error) {
    const why = failureWords(failureFrom(error)).replace(/\.$/, '');
    onEvent({ type: 'warning', text: `The growth could not be explained: ${why}. The verdict stands.` });
    return result;
  }
}

/** @throws SlopegateError USAGE for options that contradict --replicate */
function refuseBeside({ replicate, resume, replicates, failOn, annotate, explain }: RunOptions): void {
  const others = {
    '--resume': resume,
    '--replicates': replicates,
    '--fail-on': failOn,
    '--annotate': annotate,
    '--explain': explain,
  };
  const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
  if (replicate === undefined || other === undefined) return;
  throw new SlopegateError('USAGE', `--replicate and ${other} cannot be used together`, {
    hint:
      HINTS_BESIDE[other] ?? 'one share is no verdict: give this option to "slopegate merge" or "slopegate analyze"',
  });
}

const HINTS_BESIDE: Readonly<Record<string, string>> = {
  '--explain': 'one share is no verdict: after "slopegate merge", use "slopegate explain RUN"',
  '--resume': 'a share that was interrupted is run again',
  '--replicates': 'the number after the slash is the number of replicates',
};
