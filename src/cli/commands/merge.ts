import { resolve } from 'node:path';
import type { Command } from 'commander';
import { judgeDirectory } from '../../run/judgement.js';
import { mergeRuns } from '../../run/merge-runs.js';
import type { Action } from '../action.js';
import { candidatePlace, withCiOptions } from '../ci-options.js';
import { remember } from '../remember.js';
import { showProgress } from '../progress.js';
import { showVerdict, type VerdictFlags } from '../show-verdict.js';

interface MergeOptions extends VerdictFlags {
  readonly out?: string;
  readonly scenario?: string;
}

export function mergeCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('merge')
    .description('make one run of several that recorded different replicates of one scenario, and judge it')
    .argument('<runs...>', 'run directories, as "slopegate run --replicate" wrote them')
    .option('-o, --out <folder>', 'the folder for the new run directory (default: reports)')
    .option('--json', 'print the result as JSON on stdout')
    .option('--scenario <file>', 'the scenario file that --annotate names');
  withCiOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  slopegate merge collected/*
  slopegate merge collected/* -o reports --json

Each machine runs one share: slopegate run my-waf.yaml --replicate 1/3
All runs must be of the same scenario and the same traffic. See docs/machines.md.
Exit codes: 0 pass, 1 fail, 2 runs that do not belong together, 3 inconclusive, 4 invalid.`,
    )
    .action((runs: string[], options: MergeOptions) =>
      choose(async (context) => {
        const { cwd } = context;
        const place = options.scenario === undefined ? null : await candidatePlace(options.scenario);
        const progress = showProgress(context, { quiet: false, verbose: false });
        const directories = runs.map((run) => resolve(cwd, run));
        const merged = await mergeRuns(directories, resolve(cwd, options.out ?? 'reports'), context);
        const judged = await judgeDirectory(merged, progress.onEvent);
        progress.close();
        remember(judged.result, merged, context);
        return showVerdict(judged, merged, context, options, place);
      }),
    );
}
