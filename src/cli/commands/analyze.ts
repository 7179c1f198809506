import { join } from 'node:path';
import type { Command } from 'commander';
import { judgeDirectory, printResult } from '../../run/judgement.js';
import type { Action } from '../action.js';
import { showProgress } from '../progress.js';

export function analyzeCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('analyze')
    .description('judge a recorded run again, finished or not, and write its reports')
    .argument('<run>', 'a run directory that "slopegate run" wrote under reports/')
    .option('--out <folder>', 'write the reports to this folder instead of the run directory')
    .option('--json', 'print the result as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  slopegate analyze reports/modsecurity-crs-upgrade-20261121-204500
  slopegate analyze reports/RUN --json | jq .verdict.outcome`,
    )
    .action((run: string, options: { out?: string; json?: boolean }) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: false, verbose: false });
        const reports = options.out ?? run;
        const { result, unwritten } = await judgeDirectory(run, progress.onEvent, reports);
        const exit = printResult(result, context, { json: options.json ?? false });
        if (unwritten === null) context.err.write(`HTML report: ${join(reports, 'report.html')}\n`);
        return exit;
      }),
    );
}
