import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, SlopegateError, type Context } from '../../model/index.js';
import { verifyBundle, type Verified } from '../../run/bundle-run.js';
import { version } from '../../run/version.js';
import { plural } from '../../words/numbers.js';
import type { Action } from '../action.js';
import { warningLine } from '../warning.js';
import { readKey } from './bundle.js';

/** Differences that are listed. */
const SHOWN = 10;

/** What every version must compute alike: that there is a verdict, and each outcome and margin. */
const DECISIVE = /^(|manifest|verdict|verdict\.assessment(\.services(\[\d+\])?)?|.*\.(outcome|margin))$/;

export function verifyCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('verify')
    .description('check a bundle: every digest, its signature, and the verdict, which is computed again')
    .argument('<bundle>', 'a file that "slopegate bundle" made')
    .option('--public-key <key>', 'require a signature of the key that belongs to this public key, a PEM file')
    .option('--json', 'print what was found as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  slopegate verify evidence.tar.gz
  slopegate verify evidence.tar.gz --public-key release-key.pub.pem
  openssl pkey -in release-key.pem -pubout -out release-key.pub.pem    makes such a key

Exit code 0 if everything holds, whatever the verdict is; 2 if not.`,
    )
    .action((file: string, options: { publicKey?: string; json?: boolean }) =>
      choose(async (context) => {
        const { cwd, out } = context;
        const key = options.publicKey === undefined ? null : await readKey(resolve(cwd, options.publicKey));
        const verified = await verifyBundle(resolve(cwd, file), key);
        refuseDifferences(verified, context);
        out.write(options.json ? `${JSON.stringify(asJson(verified), null, 2)}\n` : `${file}: ${words(verified)}\n`);
        return EXIT.pass;
      }),
    );
}

/** Another version may compute other numbers, but not another verdict; the same version computes the same. */
function refuseDifferences({ contents, differences }: Verified, { err }: Context): void {
  if (differences.length === 0) return;
  const lines = differences
    .slice(0, SHOWN)
    .map(({ path, one, other }) => `  ${path}: ${one ?? 'absent'} in the bundle, ${other ?? 'absent'} computed\n`);
  const decisive = contents.slopegate === version() || differences.some(({ path }) => DECISIVE.test(path));
  if (!decisive) err.write(`${warningLine(err, `slopegate ${version()} computes some values differently:`)}\n`);
  err.write(lines.join(''));
  if (decisive)
    throw new SlopegateError(
      'BUNDLE_INVALID',
      `The result in the bundle is not what its recording gives: ${plural(differences.length, 'value')}, see above.`,
      {
        hint:
          contents.slopegate === version()
            ? 'The result was changed before the bundle was made.'
            : `slopegate ${contents.slopegate} made it: verify it with that version.`,
      },
    );
}

function words({ contents, signature, result, differences }: Verified): string {
  const made =
    contents.slopegate === version() ? '' : ` Made with slopegate ${contents.slopegate}, checked with ${version()}.`;
  const signed =
    signature === null
      ? 'It is not signed.'
      : signature.trusted
        ? 'It is signed with your key.'
        : `It is signed. The key was not checked (see --public-key); it has the fingerprint ${signature.fingerprint}.`;
  const judged = differences.length === 0 ? 'computed again and is the same in every value' : 'computed again';
  return (
    `${contents.runId}: ${plural(contents.files.length, 'file')} as they were packed; the verdict ` +
    `${result.verdict.outcome.toUpperCase()} was ${judged}. ${signed}${made}`
  );
}

function asJson({ contents, signature, result, differences }: Verified): object {
  return { ...contents, signature, outcome: result.verdict.outcome, differences };
}
