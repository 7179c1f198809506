import type { Command } from 'commander';
import { FORMATS, importCorpus, type FormatName } from '../../corpus/index.js';
import { LOG_FORMATS } from '../../logfiles/index.js';
import { CHOICE_KEYS, choiceFlag, IMPORT_CHOICES, SlopegateError, type Context } from '../../model/index.js';
import { nearest } from '../../words/nearest.js';
import type { Action } from '../action.js';
import { describeImport, importAsData } from '../import-report.js';
import { importSettings, type ImportFlags } from '../import-settings.js';

export function importCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('import')
    .description('turn recorded requests into a corpus, a file of requests for a scenario')
    .argument('<format>', Object.keys(FORMATS).join(', '))
    .argument('<paths...>', 'files and folders; .gz files are unpacked, - is standard input')
    .requiredOption('-o, --output <corpus>', 'the corpus file to write, as in shop.ndjson')
    .option('--label <label>', 'label of every request (default: from the format, or "recorded")')
    .option('--skipped <file>', 'write every skipped entry to this file, one JSON object per line')
    .option('--salt <text>', 'the same salt makes the same masks (default: another salt each time)')
    .option('--json', 'print the counts as JSON on stdout')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  slopegate import har shop.har -o shop.ndjson                        saved by a browser or a proxy
  slopegate import http blazehttp/testcases -o blaze.ndjson           a request per file; .white benign, .black attack
  slopegate import http captured.pkt --exact -o odd.ndjson            any number of requests, NUL bytes between them
  slopegate import ftw coreruleset/tests/regression/tests -o crs.ndjson
  slopegate import ftw coreruleset/tests --label-by class,level --rules coreruleset/rules -o crs.ndjson
  slopegate import gor requests.gor.gz --host waf.test -o gor.ndjson  recorded by GoReplay, with its timing
  slopegate import access-log /var/log/nginx/access.log -o log.ndjson
  slopegate import access-log a.log --log-format '$remote_addr [$time_local] "$request" $status' -o log.ndjson
  slopegate import access-log b.log --log-format '%h %l %u %t "%r" %>s %b "%{User-Agent}i"' -o log.ndjson
  slopegate import vegeta targets.txt --label load -o load.ndjson
  slopegate import modsecurity-native modsec_audit.log -o audit.ndjson
  slopegate import burp items.xml --host waf.test -o burp.ndjson
  slopegate import curl copied.sh -o curl.ndjson                      "Copy as cURL" of a browser
  slopegate import modsecurity-json audit.json --label attack -o audit.ndjson

Entries that cannot be read are skipped, and counted by reason with their location.
Use a corpus in a scenario with "traffic: { sources: [{ corpus: shop.ndjson }] }" (docs/traffic.md).
Exit code 0, or 2 if the input cannot be read or has no request.`,
    )
    .action((format: string, paths: string[], flags: ImportFlags) =>
      choose((context) => run(formatOf(format), paths, flags, context)),
    );
  addChoices(command);
}

/** The options that a scenario's `import` has as well. */
function addChoices(command: Command): void {
  for (const key of CHOICE_KEYS) {
    const { argument, takes, description } = IMPORT_CHOICES[key];
    const flag = argument === null ? choiceFlag(key) : `${choiceFlag(key)} <${argument}>`;
    const names = key === 'logFormat' ? `: ${LOG_FORMATS.join(', ')}` : '';
    if (takes === 'list') command.option(flag, description + names, repeated);
    else command.option(flag, description + names);
  }
}

function repeated(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

async function run(
  format: FormatName,
  paths: readonly string[],
  flags: ImportFlags,
  context: Context,
): Promise<number> {
  const summary = await importCorpus(await importSettings(format, paths, flags, context), context);
  context.out.write(
    flags.json
      ? `${JSON.stringify(importAsData(flags.output, summary), null, 2)}\n`
      : describeImport(flags.output, summary),
  );
  return 0;
}

function formatOf(text: string): FormatName {
  if (Object.hasOwn(FORMATS, text)) return text as FormatName;
  const known = Object.keys(FORMATS);
  const meant = nearest(text, known);
  throw new SlopegateError('USAGE', `unknown format "${text}"`, {
    hint: `${meant === null ? '' : `did you mean "${meant}"? `}known formats: ${known.join(', ')}`,
  });
}
