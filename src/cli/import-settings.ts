import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  EXACT_FORMATS,
  isCorpusFile,
  readParanoiaLevels,
  type FormatName,
  type ImportSettings,
} from '../corpus/index.js';
import { LOG_FIELDS } from '../logfiles/index.js';
import { SlopegateError, type Context } from '../model/index.js';
import { LABEL_PARTS, type LabelPart } from '../requests/index.js';

export interface ImportFlags {
  readonly output: string;
  readonly label?: string;
  readonly labelBy?: string;
  readonly rules?: string;
  readonly host?: string;
  readonly logFormat?: string;
  readonly fields?: string;
  readonly exact?: boolean;
  readonly strict?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly skipped?: string;
  readonly keepSecrets?: boolean;
  readonly mask?: readonly string[];
  readonly keep?: readonly string[];
  readonly salt?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Options that only some formats know. */
const ONLY_FOR: readonly (readonly [flag: keyof ImportFlags, spelled: string, formats: readonly FormatName[]])[] = [
  ['exact', '--exact', EXACT_FORMATS],
  ['logFormat', '--log-format', ['access-log']],
  ['fields', '--fields', ['access-log']],
  ['labelBy', '--label-by', ['ftw']],
  ['rules', '--rules', ['ftw']],
];
const LABEL = /^[A-Za-z0-9][\w.-]*$/;
const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** What the command line asks for. @throws SlopegateError USAGE for what cannot be done, or would do nothing */
export async function importSettings(
  format: FormatName,
  paths: readonly string[],
  flags: ImportFlags,
  context: Context,
): Promise<ImportSettings> {
  const misplaced = ONLY_FOR.find(([flag, , formats]) => flags[flag] !== undefined && !formats.includes(format));
  if (misplaced !== undefined)
    throw new SlopegateError('USAGE', `${misplaced[1]} does nothing for the format "${format}"`, {
      hint: `it is for: ${misplaced[2].join(', ')}`,
    });
  const useless = (['mask', 'keep', 'salt'] as const).find((flag) => flags[flag] !== undefined);
  if (useless !== undefined && (flags.keepSecrets === true || format === 'ftw'))
    throw new SlopegateError('USAGE', `--${useless} does nothing where nothing is masked`, {
      hint: format === 'ftw' ? 'tests of a rule set are never masked' : 'leave --keep-secrets out',
    });
  checked('--label', flags.label, LABEL, 'a label is made of letters, digits, dots, dashes and underscores');
  checked('--host', flags.host, HOST, 'a host is a name or an address, and a port if need be: waf.test:8080');
  const labelBy = labelParts(flags);
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
    label: flags.label ?? null,
    labelBy,
    levels: flags.rules === undefined ? new Map() : await readParanoiaLevels(resolve(context.cwd, flags.rules)),
    host: flags.host ?? null,
    logFormat: flags.logFormat ?? null,
    logFields: logFields(flags),
    exact: flags.exact ?? false,
    from: timeOf('--from', flags.from),
    to: timeOf('--to', flags.to),
    strict: flags.strict ?? false,
    mask: flags.mask ?? [],
    keep: flags.keep ?? [],
    redactionSalt: flags.keepSecrets ? null : (flags.salt ?? context.salt()),
    quiet: flags.quiet ?? false,
  };
}

function checked(flag: string, value: string | undefined, allowed: RegExp, hint: string): void {
  if (value !== undefined && !allowed.test(value))
    throw new SlopegateError('USAGE', `${flag} ${JSON.stringify(value)} cannot be used`, { hint });
}

/** `method=req.method,path=req.url,header:Cookie=cookie`: which field of a request is where. */
function logFields({ fields, logFormat }: ImportFlags): ReadonlyMap<string, string> {
  if (fields === undefined) return new Map();
  if (logFormat !== undefined && logFormat !== 'json')
    throw new SlopegateError('USAGE', '--fields is for logs of JSON lines, and goes with no other --log-format');
  return new Map(
    fields.split(',').map((pair) => {
      const [, name = '', path = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      const field = name === 'path' ? 'target' : name;
      if (path === '' || !(LOG_FIELDS.some((known) => known === field) || /^header:[A-Za-z0-9_-]+$/.test(field)))
        throw new SlopegateError('USAGE', `--fields cannot use ${JSON.stringify(pair)}`, {
          hint: `it is made of pairs like method=req.method; fields are path, header:NAME, ${LOG_FIELDS.join(', ')}`,
        });
      return [field, path] as const;
    }),
  );
}

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A time without a zone is one of UTC, for logs of several machines have no common local time. */
function timeOf(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const matched = TIME.exec(text);
  const zone = matched?.[1] === undefined && text.length > 10 ? 'Z' : '';
  const time = matched === null ? Number.NaN : Date.parse(`${text.replace(' ', 'T')}${zone}`);
  if (Number.isNaN(time))
    throw new SlopegateError('USAGE', `${flag} ${JSON.stringify(text)} is not a time`, {
      hint: 'a time is written as 2026-03-01T10:00:00Z, or with +02:00 for Z; without either it is UTC',
    });
  return time;
}

function labelParts({ labelBy, rules, label }: ImportFlags): readonly LabelPart[] {
  const parts = labelBy?.split(',') ?? [];
  const unknown = parts.find((part) => !LABEL_PARTS.some((known) => known === part));
  if (unknown !== undefined)
    throw new SlopegateError('USAGE', `--label-by knows no "${unknown}"`, {
      hint: `it takes: ${LABEL_PARTS.join(', ')}`,
    });
  if (labelBy !== undefined && label !== undefined)
    throw new SlopegateError('USAGE', '--label and --label-by exclude each other');
  if (parts.includes('level') !== (rules !== undefined))
    throw new SlopegateError('USAGE', '"--label-by level" and --rules need each other', {
      hint: 'the paranoia level of a rule is in the rules: --rules coreruleset/rules',
    });
  return parts as readonly LabelPart[];
}

async function refuseInput(output: string, inputs: readonly string[]): Promise<void> {
  const real = await realpath(output).catch(() => output);
  for (const input of inputs)
    if ((await realpath(input).catch(() => input)) === real)
      throw new SlopegateError('USAGE', `${output} would overwrite what is imported`, {
        hint: 'choose another file to write',
      });
}

/** A recording that lies where the corpus is to be written is not overwritten, only an older corpus is. */
async function refuseOther(output: string): Promise<void> {
  const there = await stat(output).catch(() => null);
  if (there === null || (there.isFile() && (there.size === 0 || (await isCorpusFile(output))))) return;
  throw new SlopegateError('USAGE', `${output} is there already and is not a corpus; it would be lost`, {
    hint: 'choose another --output, or remove it',
  });
}
