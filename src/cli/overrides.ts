import { Option, type Command } from 'commander';
import type { Overrides } from '../scenario/index.js';
import { PRESET_NAMES, type PresetName } from '../schema/index.js';
import { parseGrowth } from './quantities.js';
import { wholeNumber } from './whole-number.js';

/** Options of a command that replace values of the scenario file. */
export interface OverrideFlags {
  readonly preset?: PresetName;
  readonly margin?: string;
  readonly replicates?: number;
  readonly only?: string;
}

const MOST_REPLICATES = 100;

/** Adds `--preset`, `--margin`, `--replicates` and `--only` to a command. */
export function withOverrideOptions(command: Command): Command {
  return command
    .addOption(new Option('--preset <name>', 'use this preset instead of the one in the file').choices(PRESET_NAMES))
    .option('--margin <growth>', 'use this margin instead of the one in the file, for example "32 B/request"')
    .option('--replicates <number>', 'run at most this number of replicates', wholeNumber(2, MOST_REPLICATES))
    .option('--only <labels>', 'send only requests with these labels, for example browse,search; not with phases');
}

/** The values of the options, checked. @throws SlopegateError USAGE */
export function overridesOf({ preset, margin, replicates, only }: OverrideFlags): Overrides {
  return {
    ...(preset === undefined ? {} : { preset }),
    ...(margin === undefined ? {} : { margin: `${parseGrowth('--margin', margin)} B/request` }),
    ...(replicates === undefined ? {} : { replicates }),
    ...(only === undefined ? {} : { only: only.split(',').map((label) => label.trim()) }),
  };
}
