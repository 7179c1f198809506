import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, SlopegateError, type Context, type OnEvent } from '../../model/index.js';
import { readManifest } from '../../recording/index.js';
import type { Explanation } from '../../results/index.js';
import { explainRun } from '../../run/explain-run.js';
import { explainScenario, USUAL_REQUESTS } from '../../run/explain-scenario.js';
import { shownPath } from '../../run/paths.js';
import { scenarioOfRun } from '../../run/scenario-of-run.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { describeExplanation } from '../explain-view.js';
import { showProgress } from '../progress.js';
import { wholeNumber } from '../whole-number.js';

interface ExplainFlags {
  readonly scenario?: string;
  readonly requests?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const MOST_REQUESTS = 100_000;

export function explainCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('explain')
    .description('name what keeps memory in the candidate: functions, mappings and sizes of blocks')
    .argument('<run>', 'the folder of a run, or a scenario YAML file such as one that "slopegate hunt" wrote')
    .option('--scenario <file>', 'the scenario file of the run (default: searched below the current folder)')
    .option(
      '--requests <number>',
      `send this many requests, twice (default: ${USUAL_REQUESTS})`,
      wholeNumber(1, MOST_REQUESTS),
    )
    .option('--json', 'print the result as JSON on stdout, with every call stack')
    .option('--quiet', 'no progress, warnings only')
    .option('--verbose', 'also show what Docker prints')
    .addHelpText(
      'after',
      `
Examples:
  slopegate explain reports/RUN                    after a FAIL; "slopegate run --explain" does it by itself
  slopegate explain reports/HUNT/found-1.yaml
  slopegate explain my-waf.yaml --requests 1000 --json > stacks.json

It judges nothing. It names functions of Node.js, and of C and C++ services with glibc 2.35 or newer. Mappings are seen
in every service, and blocks with any glibc; all of it on this machine, as root (docs/explain.md).
The explanation of a run is written to explanation.json in its folder, and is shown in its reports.

Exit codes: 0 something was named that grows more in the candidate (a call stack, a mapping or a size of block),
3 nothing was.`,
    )
    .action((given: string, flags: ExplainFlags) =>
      choose(async (context) => {
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: flags.verbose ?? false });
        try {
          const explanation = await explain(given, flags, context, progress.onEvent);
          progress.close();
          context.out.write(
            flags.json === true ? `${JSON.stringify(explanation, null, 2)}\n` : describeExplanation(explanation),
          );
          return namesSomething(explanation) ? EXIT.pass : EXIT.inconclusive;
        } finally {
          progress.close();
        }
      }),
    );
}

function namesSomething({ stacks, mappings, heaps }: Explanation): boolean {
  return stacks.length > 0 || mappings.length > 0 || heaps.some(({ blocks }) => blocks.length > 0);
}

async function explain(
  given: string,
  { scenario: file, requests = USUAL_REQUESTS }: ExplainFlags,
  context: Context,
  onEvent: OnEvent,
): Promise<Explanation> {
  const run = resolve(context.cwd, given);
  if (!existsSync(join(run, 'manifest.json'))) {
    if (file !== undefined)
      throw new SlopegateError('USAGE', `${given} is not the folder of a run, so --scenario means nothing.`, {
        hint: `slopegate explain ${file}`,
      });
    return explainScenario(await loadScenario(given), context, requests, onEvent);
  }
  const scenario =
    file === undefined
      ? await scenarioOfRun((await readManifest(run)).manifest, context.cwd)
      : await loadScenario(file);
  onEvent({ type: 'step', text: `the scenario of the run: ${shownPath(context.cwd, scenario.file)}` });
  return (await explainRun(scenario, context, run, requests, onEvent)).explanation;
}
