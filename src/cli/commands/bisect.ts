import { InvalidArgumentError, type Command } from 'commander';
import { EXIT } from '../../model/index.js';
import { versionsBetween, versionsIn } from '../../releases/index.js';
import { bisectScenario } from '../../run/bisect-scenario.js';
import { shownPath } from '../../run/paths.js';
import { loadOverridden } from '../../scenario/index.js';
import { BISECT_LEVEL } from '../../statistics/method.js';
import type { Action } from '../action.js';
import { describeBisect } from '../bisect-view.js';
import { overridesOf } from '../overrides.js';
import { showProgress } from '../progress.js';
import { releaseOptions, withReleaseOptions, type ReleaseFlags } from '../release-options.js';

interface BisectFlags extends ReleaseFlags {
  readonly good: string;
  readonly bad: string;
  readonly level?: number;
}

export function bisectCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('bisect')
    .description('find the first release that grows, with as few runs as possible; allows for wrong verdicts')
    .argument('<scenario>', 'a scenario YAML file')
    .requiredOption('--good <version>', 'a version that does not grow')
    .requiredOption('--bad <version>', 'a later version that grows')
    .requiredOption('--versions <list>', 'all versions in their order, for example 1.0,1.1,1.2,1.3')
    .option('--level <share>', `the probability that the answer must have (default: ${BISECT_LEVEL})`, levelOf);
  withReleaseOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  slopegate bisect my-waf.yaml --good 1.0 --bad 1.3 --versions 1.0,1.1,1.2,1.3
  slopegate bisect my-waf.yaml --good 1.0 --bad 1.3 --versions 1.0,1.1,1.2,1.3 --level 0.95

First both ends are tested: the bad version against the good one, which must be FAIL, and the good one against itself,
which must be PASS. Then each run tests the version whose verdict is expected to tell most (docs/ladder.md).

Exit codes: 0 the first bad version was found, 2 the good version does not pass, or the bad
version does not fail, 3 several versions are left.`,
    )
    .action((file: string, flags: BisectFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const versions = versionsBetween(versionsIn(flags.versions), flags.good, flags.bad);
          const words = (): string => `runs to search among ${versions.length} versions`;
          const { result, directory } = await bisectScenario(
            await loadOverridden(file, overridesOf(flags)),
            versions,
            flags.level ?? BISECT_LEVEL,
            context,
            releaseOptions(flags, context, progress.onEvent, words),
            progress.onEvent,
          );
          progress.close();
          context.out.write(flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : describeBisect(result));
          context.err.write(`Folder: ${shownPath(context.cwd, directory)}\n`);
          return result.ended === 'sure' ? EXIT.pass : EXIT.inconclusive;
        } finally {
          progress.close();
        }
      }),
    );
}

function levelOf(text: string): number {
  const level = Number(text);
  if (level >= 0.5 && level < 1) return level;
  throw new InvalidArgumentError('Expected a number from 0.5 to less than 1.');
}
