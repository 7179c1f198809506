import { resolve } from 'node:path';
import type { Command } from 'commander';
import { judgeDirectory } from '../../run/judgement.js';
import type { Action } from '../action.js';
import { candidatePlace, withCiOptions } from '../ci-options.js';
import { showProgress } from '../progress.js';
import { showVerdict, type VerdictFlags } from '../show-verdict.js';

interface AnalyzeOptions extends VerdictFlags {
  readonly out?: string;
  readonly scenario?: string;
}

export function analyzeCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('analyze')
    .description('judge a recorded run again, finished or not, and write its reports')
    .argument('<run>', 'a run directory that "slopegate run" wrote under reports/')
    .option('--out <folder>', 'write the reports to this folder instead of the run directory')
    .option('--json', 'print the result as JSON on stdout')
    .option('--scenario <file>', 'the scenario file that --annotate names');
  withCiOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  slopegate analyze reports/modsecurity-crs-upgrade-20261121-204500
  slopegate analyze reports/RUN --json | jq .verdict.outcome
  slopegate analyze reports/RUN --annotate github --scenario my-waf.yaml`,
    )
    .action((run: string, options: AnalyzeOptions) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: false, verbose: false });
        const place = options.scenario === undefined ? null : await candidatePlace(options.scenario);
        const reports = options.out ?? run;
        const judged = await judgeDirectory(run, progress.onEvent, reports);
        return showVerdict(judged, resolve(context.cwd, reports), context, options, place);
      }),
    );
}
