import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { writeOwn, writeProfile } from '../../init/index.js';
import type { Action } from '../action.js';

/** `scenarios/` of the package, two folders above the compiled file's own. */
const SHIPPED = fileURLToPath(new URL('../../../scenarios', import.meta.url));

interface InitOptions {
  readonly to?: string;
  readonly baseline?: string;
  readonly candidate?: string;
  readonly traffic?: string;
  readonly yes?: boolean;
}

export function initCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('init')
    .description('write a scenario: for the stack in this folder, for two images, or for a known product')
    .argument(
      '[profile]',
      'safeline, modsecurity-crs-docker, coraza-caddy, bunkerweb or gateway; default: the stack in this folder',
    )
    .option('--baseline <version>', 'the version that you run: a tag, or an image with its tag')
    .option('--candidate <version>', 'the version that you may upgrade to')
    .option('--traffic <file>', 'your own recorded traffic: an access log, a HAR file, an audit log')
    .option('--to <folder>', 'the folder to create (default: slopegate, or slopegate-PROFILE)')
    .option('--yes', 'ask nothing')
    .addHelpText(
      'after',
      `
Examples:
  slopegate init --baseline 1.9 --candidate 2.0                         in a folder with a compose file or a Dockerfile
  slopegate init --baseline vendor/waf:1.9 --candidate vendor/waf:2.0   two images and nothing else
  slopegate init --candidate 2.0 --traffic access.log                   with your own traffic
  slopegate init safeline                                               a ready profile`,
    )
    .action((profile: string | undefined, options: InitOptions) =>
      choose(async (context) => {
        const { cwd, out } = context;
        const here = (file: string): string => relative(cwd, file) || '.';
        if (profile !== undefined) {
          const folder = resolve(cwd, options.to ?? `slopegate-${profile}`);
          const scenarios = await writeProfile({ shipped: SHIPPED, profile, folder });
          out.write(
            `${wrote(scenarios.map(here))}Next:\n  set the two versions in it\n${next(here(scenarios[0] ?? ''))}`,
          );
          return 0;
        }
        const { baseline, candidate, traffic, to, yes = false } = options;
        const { scenario, files, summary } = await writeOwn(
          { shipped: SHIPPED, baseline, candidate, traffic, to, yes },
          context,
        );
        out.write(`${summary.join('\n')}\n\n${wrote(files.map(here))}Next:\n${next(here(scenario))}`);
        return 0;
      }),
    );
}

const wrote = (files: readonly string[]): string => files.map((file) => `wrote ${file}\n`).join('');

const next = (scenario: string): string =>
  ['validate', 'stack show', 'run'].map((command) => `  slopegate ${command} ${scenario}\n`).join('');
