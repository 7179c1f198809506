import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, SlopegateError } from '../../model/index.js';
import { narrowScenario } from '../../run/narrow-scenario.js';
import { shownPath } from '../../run/paths.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { describeNarrow } from '../narrow-view.js';
import { showProgress } from '../progress.js';
import { wholeNumber } from '../whole-number.js';

interface NarrowFlags {
  readonly run?: string;
  readonly most?: number;
  readonly out?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** More than a search among hundreds of parts usually needs. */
const USUAL_MOST = 100;

export function narrowCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('narrow')
    .description('find which package, file or setting makes the candidate grow, by mixtures of both versions')
    .argument('<scenario>', 'a scenario YAML file')
    .option('--run <folder>', 'a run of this scenario that failed: search in the services that failed')
    .option('--most <number>', `start at most this many mixtures (default: ${USUAL_MOST})`, wholeNumber(1, 10_000))
    .option('--out <folder>', 'the folder in which the folder of the search is made (default: reports)')
    .option('--all', 'also list every mixture')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints')
    .addHelpText(
      'after',
      `
Examples:
  slopegate narrow my-waf.yaml
  slopegate narrow my-waf.yaml --run reports/RUN    in the services that failed in this run
  slopegate narrow my-waf.yaml --json > narrow.json

A mixture is the candidate with some files and settings of the baseline. Each one is started anew, gets the requests
that the candidate keeps memory of, and is weighed with the lens. So the search finds a smallest set of packages,
files and settings whose exchange stops the growth (docs/narrow.md).

Exit codes: 0 the cause was found, 2 there is nothing to search for, 3 not decided.`,
    )
    .action((file: string, flags: NarrowFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          refuseRun(resolve(context.cwd, file), file);
          const { result, directory } = await narrowScenario(
            await loadScenario(file),
            context,
            {
              root: resolve(context.cwd, flags.out ?? 'reports'),
              run: flags.run === undefined ? null : resolve(context.cwd, flags.run),
              most: flags.most ?? USUAL_MOST,
            },
            progress.onEvent,
          );
          progress.close();
          context.out.write(
            flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : describeNarrow(result, flags.all ?? false),
          );
          context.err.write(`Folder: ${shownPath(context.cwd, directory)}\n`);
          return result.ended === 'found' ? EXIT.pass : EXIT.inconclusive;
        } finally {
          progress.close();
        }
      }),
    );
}

/** A run knows the name of its scenario file, not the folder. */
function refuseRun(path: string, given: string): void {
  if (!existsSync(join(path, 'manifest.json'))) return;
  throw new SlopegateError('USAGE', 'This is the folder of a run. A search needs the scenario file.', {
    location: given,
    hint: `slopegate narrow SCENARIO --run ${given}`,
  });
}
