import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Context, OnEvent } from '../model/index.js';
import { inspectArmsNow } from '../run/arms-now.js';
import type { ReleaseOptions } from '../run/release-runs.js';
import { withOverrideOptions, type OverrideFlags } from './overrides.js';
import { remember } from './remember.js';
import { tellBeforehand } from './beforehand.js';

/** Options of the commands that run a series of releases. */
export interface ReleaseFlags extends OverrideFlags {
  readonly versions: string;
  readonly out?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function withReleaseOptions(command: Command): Command {
  return withOverrideOptions(
    command
      .option('--out <folder>', 'the folder with the runs; runs that are there are used again (default: reports)')
      .option('--fresh', 'run every version again; use no run that exists')
      .option('--json', 'print the result as JSON on stdout')
      .option('--quiet', 'no progress, warnings only')
      .option('--verbose', 'also show what Docker prints'),
  );
}

/** @param runsWords says how many runs there will be */
export function releaseOptions(
  { out = 'reports', fresh = false }: ReleaseFlags,
  context: Context,
  onEvent: OnEvent,
  runsWords: (runs: number) => string,
): ReleaseOptions {
  return {
    root: resolve(context.cwd, out),
    fresh,
    armsNow: (scenario) => inspectArmsNow(scenario, context),
    onRun: (result, directory) => remember(result, directory, context),
    beforeRuns: (scenario, runs) => tellBeforehand(scenario, context, onEvent, runsWords(runs)),
  };
}
