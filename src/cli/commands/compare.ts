import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { compareGrowth } from '../../compare/compare-growth.js';
import { SlopegateError, type Context, type ExitCode } from '../../model/index.js';
import { readSeries, type RecordedRun } from '../../compare/series/index.js';
import { buildResult } from '../../report/index.js';
import { palette } from '../palette.js';
import { OUTCOME_EXITS, printResult, renderFormat, writeAll } from '../../run/judgement.js';
import type { Action } from '../action.js';
import { parseMargin, parsePlain } from '../quantities.js';
import { version } from '../../run/version.js';

interface CompareFlags {
  readonly baseline: string[];
  readonly candidate: string[];
  readonly metric?: string;
  readonly margin?: string;
  readonly warmup?: string;
  readonly rate?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly format?: string;
  readonly baselineLabel?: string;
  readonly candidateLabel?: string;
}

export function compareCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('compare')
    .description('judge recorded series of two versions: CSV files or Prometheus query_range answers; no Docker')
    .requiredOption('--baseline <files...>', 'recordings of the version you run, one file a replicate')
    .requiredOption(
      '--candidate <files...>',
      'recordings of the other version; the n-th file ran beside the n-th of --baseline',
    )
    .option(
      '--metric <column>',
      'what decides (default: the first of unreclaimable_bytes, anon_bytes, … that all files hold)',
    )
    .option('--margin <growth>', 'the growth difference you accept: "32 B/request" (the default) or "2400 B/s"')
    .option(
      '--warmup <duration>',
      'load left out at the start (default: 60s and 4,500 requests, at most a third of the load)',
    )
    .option('--rate <rate>', 'requests per second of recordings that did not count them, as in 75/s (the default)')
    .option('--baseline-label <text>', 'what the report calls the baseline (default: what its file names share)')
    .option('--candidate-label <text>', 'what it calls the candidate')
    .option('--out <folder>', 'write result.json, report.html and the other reports there (default: none)')
    .option('--json', 'print the result as JSON on stdout')
    .option('--format <format>', 'print one report on stdout: terminal, json, html, markdown or junit')
    .addHelpText(
      'after',
      `
A CSV file has a header line and a row a second: time_s,requests,anon_bytes[,fds,…] in any order. Descriptors, threads and sockets are judged
too where fds, threads or sockets are there. Two replicates decide only what is overwhelming, three and more the rest. See docs/compare.md.

Examples:
  slopegate compare --baseline b1.csv b2.csv b3.csv --candidate c1.csv c2.csv c3.csv
  slopegate compare --baseline b*.csv --candidate c*.csv --margin "16 B/request" --metric anon_bytes --out reports/mine
  slopegate compare --baseline b1.json b2.json b3.json --candidate c1.json c2.json c3.json --rate 200/s --json | jq .verdict.outcome

Ends with 0 pass, 1 fail, 2 for input that cannot be judged, 3 inconclusive or 4 invalid.`,
    )
    .action((flags: CompareFlags) => choose((context) => compare(flags, context)));
}

async function compare(flags: CompareFlags, context: Context): Promise<ExitCode> {
  if (flags.baseline.length !== flags.candidate.length) {
    throw new SlopegateError(
      'SERIES_INVALID',
      `${flags.baseline.length} files of the baseline and ${flags.candidate.length} of the candidate`,
      {
        hint: 'give as many of one side as of the other: the n-th files of both are one replicate, recorded side by side',
      },
    );
  }
  const margin = flags.margin === undefined ? null : parseMargin(flags.margin);
  const read = async (files: readonly string[]): Promise<RecordedRun[]> => {
    const runs: RecordedRun[] = [];
    for (const file of files) runs.push(await readSeries(resolve(context.cwd, file), flags.metric ?? null, file));
    return runs;
  };
  const { verdict, recording, notes, warnings } = compareGrowth(
    { baseline: await read(flags.baseline), candidate: await read(flags.candidate) },
    {
      judgedAt: context.clock.now(),
      labels: {
        baseline: flags.baselineLabel ?? sharedName(flags.baseline, 'baseline'),
        candidate: flags.candidateLabel ?? sharedName(flags.candidate, 'candidate'),
      },
      ...(flags.metric === undefined ? {} : { metric: flags.metric }),
      ...(margin === null
        ? {}
        : margin.per === 's'
          ? { marginBytesPerSecond: margin.bytes }
          : { marginBytesPerRequest: margin.bytes }),
      ...(flags.warmup === undefined ? {} : { warmupSeconds: parsePlain('--warmup', flags.warmup, 'duration') }),
      ...(flags.rate === undefined ? {} : { ratePerSecond: parsePlain('--rate', flags.rate, 'rate') }),
    },
  );
  const colours = palette(context.err);
  for (const text of warnings) context.err.write(`${colours.yellow('warning')} ${text}\n`);
  for (const text of notes) context.err.write(colours.dim(`note ${text}\n`));
  const result = buildResult(recording, verdict, version());
  if (flags.out !== undefined) {
    const folder = resolve(context.cwd, flags.out);
    await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
      throw new SlopegateError('DISK', `cannot make the folder ${flags.out}`, { cause, hint: 'choose another --out' });
    });
    await writeAll(folder, result);
    context.err.write(`HTML report: ${join(flags.out, 'report.html')}\n`);
  }
  if (flags.format === undefined || flags.format === 'terminal' || flags.json)
    return printResult(result, context, { json: flags.json ?? false });
  context.out.write(renderFormat(result, flags.format));
  return OUTCOME_EXITS[verdict.outcome];
}

/** What the file names share, in whole words: `leaks/crs-3.0.9-1.csv leaks/crs-3.0.9-2.csv` → `crs-3.0.9` */
function sharedName(files: readonly string[], otherwise: string): string {
  const names = files.map((file) => basename(file).replace(/\.[^.]+$/, ''));
  let shared = names[0] ?? '';
  while (!names.every((name) => name.startsWith(shared))) shared = shared.slice(0, -1);
  const cutsWord = names.some((name) => /^[^-_. ]/.test(name.slice(shared.length))) && !/[-_. ]$/.test(shared);
  return shared.replace(cutsWord ? /(^|[-_. ]+)[^-_. ]*$/ : /[-_. ]+$/, '') || otherwise;
}
