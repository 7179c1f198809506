import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../model/index.js';
import { versionsIn } from '../../releases/index.js';
import type { LadderResult } from '../../results/index.js';
import { ladderScenario } from '../../run/ladder-scenario.js';
import { shownPath } from '../../run/paths.js';
import { loadOverridden } from '../../scenario/index.js';
import { plural } from '../../words/numbers.js';
import type { Action } from '../action.js';
import { describeLadder } from '../ladder-view.js';
import { overridesOf } from '../overrides.js';
import { showProgress } from '../progress.js';
import { releaseOptions, withReleaseOptions, type ReleaseFlags } from '../release-options.js';

export function ladderCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('ladder')
    .description('growth along a series of releases: each version is compared with the first one')
    .argument('<scenario>', 'a scenario YAML file')
    .requiredOption('--versions <list>', 'the versions in their order, for example 1.0,1.1,1.2');
  withReleaseOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  slopegate ladder my-waf.yaml --versions 1.0,1.1,1.2
  slopegate ladder my-waf.yaml --versions 1.0,1.1,1.2 --preset standard --json > ladder.json

The arms of the scenario must differ in exactly one value: a variable (arms.X.environment) or the tag of an image
(arms.X.images). Each version replaces this value (docs/ladder.md).

Exit codes: 0 every version passes, 1 at least one fails, 3 at least one is inconclusive,
4 at least one could not be judged. If several apply, the order is 1, 4, 3.`,
    )
    .action((file: string, flags: ReleaseFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const versions = versionsIn(flags.versions);
          const words = (runs: number): string =>
            `${plural(runs, 'run')} to do, ${versions.length - 1 - runs} used again`;
          const { result, directory } = await ladderScenario(
            await loadOverridden(file, overridesOf(flags)),
            versions,
            context,
            releaseOptions(flags, context, progress.onEvent, words),
            progress.onEvent,
          );
          progress.close();
          context.out.write(flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : describeLadder(result));
          context.err.write(`Folder: ${shownPath(context.cwd, directory)}\n`);
          return ladderExit(result);
        } finally {
          progress.close();
        }
      }),
    );
}

/** A version that was not judged is never taken for one that passes. */
export function ladderExit({ rungs }: Pick<LadderResult, 'rungs'>): ExitCode {
  const outcomes = rungs.slice(1).map(({ outcome }) => outcome);
  if (outcomes.includes('fail')) return EXIT.fail;
  if (outcomes.some((outcome) => outcome === null || outcome === 'invalid')) return EXIT.invalid;
  return outcomes.includes('inconclusive') ? EXIT.inconclusive : EXIT.pass;
}
