import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SlopegateError } from '../../model/index.js';
import { bundleRun } from '../../run/bundle-run.js';
import type { Action } from '../action.js';

export function bundleCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('bundle')
    .description('pack the recording, the result and the page of a run into one file, with digests')
    .argument('<run>', 'a run directory')
    .option('-o, --out <file>', 'the file (default: RUNID.tar.gz in the current folder)')
    .option('--sign <key>', 'sign it with this private ed25519 key, a PEM file')
    .addHelpText(
      'after',
      `
Examples:
  slopegate bundle reports/RUN
  slopegate bundle reports/RUN -o evidence.tar.gz --sign release-key.pem
  openssl genpkey -algorithm ed25519 -out release-key.pem    makes such a key

"slopegate verify" checks a bundle. Exit code 0, whatever the verdict is. See docs/evidence.md.`,
    )
    .action((run: string, options: { out?: string; sign?: string }) =>
      choose(async ({ cwd, out }) => {
        const key = options.sign === undefined ? null : await readKey(resolve(cwd, options.sign));
        const name = options.out ?? `${resolve(cwd, run).split('/').at(-1)}.tar.gz`;
        const { verdict } = await bundleRun(resolve(cwd, run), resolve(cwd, name), key);
        out.write(`${name}: ${verdict.outcome.toUpperCase()}${key === null ? '' : ', signed'}\n`);
        return 0;
      }),
    );
}

/** A key file as text. @throws SlopegateError USAGE */
export async function readKey(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SlopegateError('USAGE', `cannot read the key ${file}`, { cause, hint: 'name a PEM file' });
  });
}
