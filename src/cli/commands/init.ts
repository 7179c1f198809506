import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { findPublished } from '../../stack/index.js';
import type { Action } from '../action.js';
import { adaptGateway, findComposeFile, guessProfile, writeProfile } from '../init-profile.js';

/** `scenarios/` of the package, two folders above the compiled file's own. */
const SHIPPED = fileURLToPath(new URL('../../../scenarios', import.meta.url));

export function initCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('init')
    .description('write a scenario for a product, ready to be run')
    .argument(
      '[profile]',
      'safeline, modsecurity-crs-docker, coraza-caddy, bunkerweb or gateway; without it, what the compose file here looks like',
    )
    .option('--to <folder>', 'the folder to make (default: slopegate-PROFILE)')
    .addHelpText(
      'after',
      `
Examples:
  slopegate init safeline
  slopegate init               in a folder with a compose file: a scenario for it`,
    )
    .action((asked: string | undefined, options: { to?: string }) =>
      choose(async ({ cwd, env, signal, out }) => {
        const compose = await findComposeFile(cwd);
        const profile = asked ?? guessProfile(compose === null ? '' : await readFile(compose, 'utf8'));
        const folder = resolve(cwd, options.to ?? `slopegate-${profile}`);
        const scenarios = await writeProfile({ shipped: SHIPPED, profile, folder });
        const found =
          asked === undefined && profile === 'gateway' && compose !== null
            ? await findPublished({ env, file: compose, signal }).catch(() => null)
            : null;
        const [first = ''] = scenarios;
        if (found !== null && compose !== null) {
          await writeFile(first, adaptGateway(await readFile(first, 'utf8'), { file: compose, ...found }));
          for (const name of ['compose.yml', 'origin.yml', 'default.conf']) await rm(join(folder, name));
        }
        const here = (file: string): string => relative(cwd, file);
        out.write(
          `${scenarios.map((file) => `wrote ${here(file)}\n`).join('')}Next:\n  set the two versions in it\n  slopegate stack show ${here(first)}\n  slopegate run ${here(first)}\n`,
        );
        return 0;
      }),
    );
}
