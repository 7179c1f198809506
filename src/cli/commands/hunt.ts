import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { isFound } from '../../hunt/index.js';
import { EXIT, type ExitCode, type HuntResult, type ShapeSource } from '../../model/index.js';
import { huntScenario } from '../../run/hunt-scenario.js';
import { shownPath } from '../../run/paths.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { describeHunt } from '../hunt-view.js';
import { showProgress } from '../progress.js';
import { wholeNumber } from '../whole-number.js';

interface HuntFlags {
  readonly out?: string;
  readonly without?: readonly ShapeSource[];
  readonly recorded?: number;
  readonly findings?: number;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const SOURCES: readonly ShapeSource[] = ['scenario', 'journey', 'recording', 'attacks', 'catalogue'];
/** This many recorded requests take some minutes. To make one finding smaller takes about a minute. */
const USUAL_RECORDED = 500;
const USUAL_FINDINGS = 3;
const NUMBER = wholeNumber(0, 100_000);

export function huntCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('hunt')
    .description('find the requests that the candidate keeps memory of: each kind is weighed alone, on both versions')
    .argument('<scenario>', 'a scenario YAML file')
    .option('--out <folder>', 'the folder in which the folder of the hunt is made (default: reports)')
    .addOption(new Option('--without <source...>', 'leave out shapes from this source').choices(SOURCES))
    .option('--recorded <number>', `weigh at most this many recorded requests (default: ${USUAL_RECORDED})`, NUMBER)
    .option('--findings <number>', `make at most this many findings small (default: ${USUAL_FINDINGS})`, NUMBER)
    .option('--all', 'also list the shapes that nobody keeps')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints')
    .addHelpText(
      'after',
      `
Examples:
  slopegate hunt my-waf.yaml                              the scenario's requests, the attacks and the catalogue
  slopegate hunt my-waf.yaml --without attacks catalogue  only what the scenario sends
  slopegate hunt my-waf.yaml --json > hunt.json

A shape is one request that is sent again and again. Both versions run with the lens, which counts live heap to the byte
(docs/hunt.md). Findings are made as small as possible while they still leak, and written as scenarios
that "slopegate run" judges.

Exit codes: 0 nothing found, 1 the candidate keeps memory that the baseline gives back, or much more than the baseline,
3 nothing found, but not every shape was decided, or the lens does not count every judged service.`,
    )
    .action((file: string, flags: HuntFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const { result, directory } = await huntScenario(
            await loadScenario(file),
            context,
            {
              root: resolve(context.cwd, flags.out ?? 'reports'),
              without: flags.without ?? [],
              mostRecorded: flags.recorded ?? USUAL_RECORDED,
              mostFindings: flags.findings ?? USUAL_FINDINGS,
            },
            progress.onEvent,
          );
          progress.close();
          context.out.write(
            flags.json === true ? `${JSON.stringify(result, null, 2)}\n` : describeHunt(result, flags.all ?? false),
          );
          context.err.write(`Folder: ${shownPath(context.cwd, directory)}\n`);
          return exitOf(result);
        } finally {
          progress.close();
        }
      }),
    );
}

/** Nothing is found only if every shape was decided, on every judged service. */
function exitOf({ rows, unseen }: HuntResult): ExitCode {
  if (rows.some(isFound)) return EXIT.fail;
  const open = rows.length === 0 || unseen.length > 0 || rows.some(({ keptOn }) => keptOn === 'unknown');
  return open ? EXIT.inconclusive : EXIT.pass;
}
