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
    .description('make a corpus, to be replayed, of recorded requests')
    .argument('<format>', Object.keys(FORMATS).join(', '))
    .argument('<paths...>', 'files and folders; .gz files are unpacked, - is standard input')
    .requiredOption('-o, --output <corpus>', 'the corpus file to write, as in shop.ndjson')
    .option('--label <label>', 'label of every request (default: what the format says, or "recorded")')
    .option('--skipped <file>', 'list every skipped entry in this file, one JSON object per line')
    .option('--salt <text>', 'masks made with the same salt are the same (default: another one each time)')
    .option('--json', 'print the counts as JSON on stdout')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  slopegate import har shop.har -o shop.ndjson                        saved by a browser or a proxy
  slopegate import http blazehttp/testcases -o blaze.ndjson           a request per file; .white benign, .black attack
  slopegate import http captured.pkt --exact -o odd.ndjson            any number of requests with NUL bytes between
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

Entries that cannot be read are skipped, counted by reason and located.
Replay a corpus with "traffic: { sources: [{ corpus: shop.ndjson }] }" (docs/traffic.md).
Ends with 0, or with 2 for input that cannot be read or holds no request.`,
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
