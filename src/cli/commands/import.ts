import type { Command } from 'commander';
import { FORMATS, importCorpus, type FormatName } from '../../corpus/index.js';
import { LOG_FORMATS } from '../../logfiles/index.js';
import { SlopegateError, type Context } from '../../model/index.js';
import { nearest } from '../../words/nearest.js';
import type { Action } from '../action.js';
import { describeImport, importAsData } from '../import-report.js';
import { importSettings, type ImportFlags } from '../import-settings.js';

export function importCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('import')
    .description('make a corpus, to be replayed, of recorded requests')
    .argument('<format>', Object.keys(FORMATS).join(', '))
    .argument('<paths...>', 'files and folders; .gz files are unpacked, - is standard input')
    .requiredOption('-o, --output <corpus>', 'the corpus file to write, as in shop.ndjson')
    .option('--label <label>', 'label of every request (default: what the format says, or "recorded")')
    .option(
      '--label-by <parts>',
      'ftw: adds the class, the rule or the paranoia level to the label, as in "class,level": attack-sqli-pl2',
    )
    .option('--rules <folder>', 'ftw: the rules, which say the paranoia level')
    .option('--host <host>', 'Host header to send instead of the recorded one')
    .option(
      '--log-format <format>',
      `access logs: a line in nginx's or Apache's notation, or ${LOG_FORMATS.join(', ')} (default: found out)`,
    )
    .option('--fields <pairs>', 'access logs in JSON: where a field is, as in "method=req.method,path=req.url"')
    .option('--from <time>', 'only requests from this time on, as in 2026-03-01T10:00:00Z')
    .option('--to <time>', 'only requests before this time')
    .option('--exact', 'keep every byte as it is, even where the request contradicts itself (http, gor, burp)')
    .option('--strict', 'the first malformed entry is an error')
    .option('--skipped <file>', 'list every skipped entry in this file, one JSON object per line')
    .option('--keep-secrets', 'do not mask passwords, tokens and cookies')
    .option('--mask <name>', 'mask the values of this name too; may be repeated', repeated)
    .option('--keep <name>', 'do not mask the values of this name; may be repeated', repeated)
    .option('--salt <text>', 'masks made with the same salt are the same (default: another one each time)')
    .option('--json', 'print the counts as JSON on stdout')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  slopegate import har shop.har -o shop.ndjson                        saved by a browser or a proxy
  slopegate import http blazehttp/testcases -o blaze.ndjson           a request per file; .white benign, .black an attack
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
