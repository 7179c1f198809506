import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT, SlopegateError, type Calibration } from '../../model/index.js';
import { loadScenario } from '../../scenario/index.js';
import type { Action } from '../action.js';
import { calibrationOf, sameVersionTwice } from '../../calibration/calibrate.js';
import { calibrationKey } from '../../calibration/key.js';
import { saveCalibration, stateFolder } from '../../calibration/store.js';
import { OUTCOME_EXITS, readRun } from '../../run/judgement.js';
import { growth } from '../../planning/render.js';
import { showProgress } from '../progress.js';
import { runScenario } from '../../run/run-scenario.js';

/**
 * Pairs of a calibration. They give five degrees of freedom. With fewer pairs the spread is hardly known; more pairs
 * improve it little.
 */
const DEFAULT_RUNS = 6;

interface CalibrateFlags {
  readonly runs?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function calibrateCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('calibrate')
    .description('measure the noise of this host: how much two equal versions differ here')
    .argument('<scenario>', 'a scenario YAML file; its baseline runs as both versions')
    .option('--runs <number>', `pairs of fresh containers (default: ${DEFAULT_RUNS})`)
    .option('--out <folder>', 'the folder for the run directory (default: reports)')
    .option('--json', 'print the calibration as JSON on stdout')
    .option('--quiet', 'no progress, warnings only')
    .addHelpText(
      'after',
      `
Examples:
  slopegate calibrate my-waf.yaml             six pairs of the baseline against itself
  slopegate calibrate my-waf.yaml --runs 10

The result is stored under $SLOPEGATE_HOME, otherwise ~/.local/state/slopegate. Later runs of the scenario on this host
say that they are calibrated, "slopegate plan" uses it, and with "gate.prior: calibration" the first looks use it too.
See docs/calibration.md.`,
    )
    .action((file: string, flags: CalibrateFlags) =>
      choose(async (context) => {
        const runs = runsOf(flags.runs);
        const scenario = await loadScenario(file);
        const progress = showProgress(context, { quiet: flags.quiet ?? false, verbose: false });
        try {
          const { result, directory } = await runScenario(
            sameVersionTwice(scenario, runs),
            context,
            flags.out ?? join(context.cwd, 'reports'),
            progress.onEvent,
          );
          progress.close();
          const { outcome, sentence } = result.verdict;
          if (outcome === 'fail' || outcome === 'invalid') {
            context.err.write(
              `Not calibrated: ${outcome.toUpperCase()} between two equal versions. ` +
                `${sentence}\nThe run is kept: ${directory}\n`,
            );
            return OUTCOME_EXITS[outcome];
          }
          const { recording } = await readRun(directory);
          const calibration = calibrationOf(
            recording,
            await calibrationKey(scenario, result.manifest),
            scenario,
            context.clock.now(),
          );
          const path = saveCalibration(stateFolder(context), calibration);
          context.out.write(
            flags.json ? `${JSON.stringify(calibration, null, 2)}\n` : `${describe(calibration)}Kept: ${path}\n`,
          );
          return EXIT.pass;
        } finally {
          progress.close();
        }
      }),
    );
}

function runsOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_RUNS;
  const runs = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (runs >= 3 && runs <= 100) return runs;
  throw new SlopegateError('USAGE', `--runs ${JSON.stringify(text)} is not a number from 3 to 100`, {
    hint: `--runs ${DEFAULT_RUNS}`,
  });
}

function describe({ scatter, replicates }: Calibration): string {
  const lines = Object.entries(scatter).map(
    ([role, points]) =>
      `  ${role}: ` +
      `${points.map(({ seconds, deviation }) => `${growth(deviation)}/request over ${seconds} s`).join(', ')}\n`,
  );
  return (
    `From ${replicates} pairs of the same version, differences of growth scatter with a standard ` +
    `deviation of\n${lines.join('')}`
  );
}
