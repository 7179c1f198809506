import type { Command } from 'commander';
import { readResult } from '../../journal/index.js';
import { printResult, renderFormat, writeAll } from '../../run/judgement.js';
import { SlopegateError } from '../../model/index.js';
import { renderRemedies } from '../../report/index.js';
import { issueOf } from '../../run/issue.js';
import type { Action } from '../action.js';

export function reportCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('report')
    .description('write the reports of a judged run again, from its result.json')
    .argument('<run>', 'a run directory')
    .option('--format <format>', 'print one report on stdout: terminal, json, html, markdown, junit, issue or remedies')
    .option('--hunt <folder>', 'with --format issue: the folder of a "slopegate hunt", for the smallest request')
    .addHelpText(
      'after',
      `
Examples:
  slopegate report reports/RUN                      write all reports again
  slopegate report reports/RUN --format markdown    for a pull-request comment
  slopegate report reports/RUN --format issue --hunt reports/HUNT    a note for the makers of a candidate that failed
  slopegate report reports/RUN --format remedies    lines to copy, for use until the growth is fixed

Exit code 0, whatever the verdict is: "run" and "analyze" judge, "report" only writes the reports.`,
    )
    .action((run: string, options: { format?: string; hunt?: string }) =>
      choose(async (context) => {
        if (options.hunt !== undefined && options.format !== 'issue')
          throw new SlopegateError('USAGE', '--hunt belongs to --format issue');
        const result = await readResult(run);
        if (options.format === 'issue') context.out.write(await issueOf(result, options.hunt ?? null));
        else if (options.format === 'remedies') context.out.write(renderRemedies(result));
        else if (options.format === undefined || options.format === 'terminal') {
          if (options.format === undefined) await writeAll(run, result);
          printResult(result, context, { json: false });
        } else {
          context.out.write(renderFormat(result, options.format));
        }
        return 0;
      }),
    );
}
