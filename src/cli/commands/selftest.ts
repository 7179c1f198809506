import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../model/index.js';
import { loadScenario } from '../../scenario/index.js';
import { palette } from '../palette.js';
import type { Action } from '../action.js';
import { showProgress } from '../progress.js';
import { runScenario } from '../../run/run-scenario.js';
import { controlResult, CONTROLS, type ControlResult } from '../../run/selftest.js';

interface SelftestOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function selftestCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('selftest')
    .description('check on this host that a known leak fails, and that a server without a leak passes')
    .option('--out <folder>', 'the folder for the run directories (default: reports)')
    .option('--json', 'print the outcome as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .addHelpText(
      'after',
      `
Examples:
  slopegate selftest
  slopegate selftest --json --quiet > selftest.json

Two runs of a small server (scenarios/selftest). A copy that keeps 256 bytes of every request must FAIL, with the growth
that was put in. A copy that keeps nothing must PASS. About eight minutes in total.
Exit code 0 if both are so, otherwise 1.`,
    )
    .action((options: SelftestOptions) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: options.quiet ?? false, verbose: false });
        const runs: (ControlResult & { readonly directory: string })[] = [];
        const colours = palette(context.out);
        const say = options.json ? (): void => {} : (text: string): void => context.out.write(`${text}\n`);
        try {
          for (const file of CONTROLS) {
            const { result, directory } = await runScenario(
              await loadScenario(file),
              context,
              options.out ?? join(context.cwd, 'reports'),
              progress.onEvent,
            );
            progress.close();
            const control = controlResult(result);
            runs.push({ ...control, directory });
            say(
              `${control.ok ? colours.green('ok     ') : colours.red('WRONG  ')} ${control.name}: ${control.sentence}`,
            );
          }
        } finally {
          progress.close();
        }
        const ok = runs.every((run) => run.ok);
        if (options.json) context.out.write(`${JSON.stringify({ ok, runs }, null, 2)}\n`);
        say(
          ok
            ? 'The instrument works on this host: it sees a leak that is there, and none that is not.'
            : `Do not trust verdicts from this host yet: see the reports in ${runs
                .filter((run) => !run.ok)
                .map(({ directory }) => directory)
                .join(' and ')}.`,
        );
        return ok ? EXIT.pass : EXIT.fail;
      }),
    );
}
