import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  isCorpusFile,
  readChoices,
  readParanoiaLevels,
  type FormatName,
  type ImportSettings,
} from '../corpus/index.js';
import { choiceFaults, choiceFlag, SlopegateError, type Context, type StatedChoices } from '../model/index.js';

/** A list is one text with commas, or the same option several times. */
export interface ImportFlags extends Omit<StatedChoices, 'labelBy' | 'fields'> {
  readonly output: string;
  readonly label?: string;
  readonly labelBy?: readonly string[];
  readonly fields?: string;
  readonly skipped?: string;
  readonly salt?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const LABEL = /^[A-Za-z0-9][\w.-]*$/;

/** What the command line asks for. @throws SlopegateError USAGE for options that are impossible or have no effect */
export async function importSettings(
  format: FormatName,
  paths: readonly string[],
  flags: ImportFlags,
  context: Context,
): Promise<ImportSettings> {
  const stated = statedChoices(flags);
  const [wrong] = choiceFaults(format, stated);
  if (wrong !== undefined)
    throw new SlopegateError('USAGE', `${choiceFlag(wrong.key)} ${wrong.message}`, { hint: wrong.hint });
  if (flags.salt !== undefined && (flags.keepSecrets === true || format === 'ftw'))
    throw new SlopegateError('USAGE', '--salt has no effect if nothing is masked', {
      hint: format === 'ftw' ? 'tests of a rule set are never masked' : 'leave --keep-secrets out',
    });
  if (flags.label !== undefined && !LABEL.test(flags.label))
    throw new SlopegateError('USAGE', `--label ${JSON.stringify(flags.label)} cannot be used`, {
      hint: 'a label may have letters, digits, dots, dashes and underscores',
    });
  if (flags.label !== undefined && flags.labelBy !== undefined)
    throw new SlopegateError('USAGE', '--label and --label-by cannot be used together');
  const resolved = paths.map((path) => (path === '-' ? '/dev/stdin' : resolve(context.cwd, path)));
  const output = resolve(context.cwd, flags.output);
  const skipped = flags.skipped === undefined ? null : resolve(context.cwd, flags.skipped);
  for (const path of [output, ...(skipped === null ? [] : [skipped])]) await refuseInput(path, resolved);
  await refuseOther(output);
  return {
    format,
    paths: resolved,
    output,
    skipped,
    ...readChoices(stated),
    label: flags.label ?? null,
    levels: stated.rules === undefined ? new Map() : await readParanoiaLevels(resolve(context.cwd, stated.rules)),
    redactionSalt: flags.keepSecrets ? null : (flags.salt ?? context.salt()),
    quiet: flags.quiet ?? false,
  };
}

function statedChoices({ labelBy, fields, ...flags }: ImportFlags): StatedChoices {
  return {
    ...flags,
    ...(labelBy && { labelBy: labelBy.flatMap((parts) => parts.split(',')) }),
    ...(fields !== undefined && { fields: pairsOf(fields) }),
  };
}

/** `method=req.method,path=req.url`. A pair without `=` has an empty value, which is reported as a fault. */
function pairsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, name = pair, path = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      return [name, path];
    }),
  );
}

async function refuseInput(output: string, inputs: readonly string[]): Promise<void> {
  const real = await realpath(output).catch(() => output);
  for (const input of inputs)
    if ((await realpath(input).catch(() => input)) === real)
      throw new SlopegateError('USAGE', `${output} would overwrite a file that is imported`, {
        hint: 'choose another --output file',
      });
}

/** Refuses to overwrite a recording in the place of the corpus. Only an older corpus is overwritten. */
async function refuseOther(output: string): Promise<void> {
  const there = await stat(output).catch(() => null);
  if (there === null || (there.isFile() && (there.size === 0 || (await isCorpusFile(output))))) return;
  throw new SlopegateError('USAGE', `${output} exists and is not a corpus; it would be overwritten`, {
    hint: 'choose another --output, or remove it',
  });
}
