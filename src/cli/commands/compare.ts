import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { compareGrowth, explain, inFull, inShort, type Comparison, type Explanation } from '../../compare/index.js';
import { SlopegateError, type Context, type ExitCode } from '../../model/index.js';
import { buildResult } from '../../report/index.js';
import { printResult, renderFormat, writeAll } from '../../run/judgement.js';
import { version } from '../../run/version.js';
import type { RecordedRun } from '../../series/index.js';
import { readSeries } from '../../seriesfiles/index.js';
import { say } from '../../words/say.js';
import type { Action } from '../action.js';
import { conclude, withCiOptions } from '../ci-options.js';
import { checkFormat, compareOptionsOf, labelsOf, readOptionsOf, type CompareFlags } from '../compare-flags.js';
import { palette } from '../palette.js';
import { warningLine } from '../warning.js';

export function compareCommand(program: Command, choose: (action: Action) => void): void {
  const command = program
    .command('compare')
    .description('judge memory series that another tool recorded (CSV, JSON, Prometheus and more); needs no Docker')
    .requiredOption('--baseline <files...>', 'recordings of the version you run, one file per replicate')
    .requiredOption(
      '--candidate <files...>',
      'recordings of the candidate; the n-th file belongs to the n-th file of --baseline',
    )
    .option('--metric <column>', 'the column that is judged (default: the best memory column that all files have)')
    .option('--unit <unit>', 'unit of memory, if the file states none: B, KiB, MiB or GiB')
    .option('--time-column <column>', 'the column of times')
    .option('--time-unit <unit>', 'its unit, if its name states none: s, ms, us or ns')
    .option('--interval <duration>', 'time between two readings, for files without times, for example 10s')
    .option('--requests-column <column>', 'the column that counts answered requests; "none": there is no such column')
    .option('--rate-column <column>', 'the column with requests per second; slopegate adds them up')
    .option('--service-column <column>', 'the column that names the service of a row')
    .option('--service <name>', 'judge this service only')
    .option('--decimal <sign>', 'the decimal sign. comma: 114,438 is a little above 114; point: it is 114 thousand')
    .option('--margin <growth>', 'the growth difference you accept: "32 B/request" (the default) or "2400 B/s"')
    .option(
      '--warmup <duration>',
      'start of the load that is not judged (default: 60s and 4,500 requests, at most a third of the load)',
    )
    .option('--rate <rate>', 'requests per second, for recordings without a count of requests (default: 75/s)')
    .option('--name <title>', 'title of the reports')
    .option('--labels <old,new>', 'names of both versions in the reports (default: the common part of the file names)')
    .option('--baseline-label <text>', 'the name of the baseline only')
    .option('--candidate-label <text>', 'the name of the candidate only')
    .option('--out <folder>', 'write result.json, report.html and the other reports to this folder (default: none)')
    .option('--explain', 'print how each file was understood, with its first readings')
    .option('--json', 'print the result as JSON on stdout')
    .option('--format <format>', 'print one report on stdout: terminal, json, html, markdown or junit');
  withCiOptions(command)
    .addHelpText(
      'after',
      `
Each file is one run of one version. Its kind is recognised: CSV (also of Grafana), docker stats, kubectl top, ps,
pidstat, psrecord, mprof, JSON, JSON lines, Prometheus, VictoriaMetrics, InfluxDB. If a file does not say
something, slopegate asks and never guesses. Descriptors, threads and sockets are judged too, if they were recorded. Two
replicates decide only if the evidence is overwhelming; use three or more.
See docs/compare.md.

Examples:
  slopegate compare --baseline b1.csv b2.csv b3.csv --candidate c1.csv c2.csv c3.csv
  slopegate compare --baseline b*.csv --candidate c*.csv --margin "16 B/request" --metric anon_bytes --out reports/mine
  slopegate compare --baseline b*.log --candidate c*.log --interval 10s --unit KiB --service waf
  slopegate compare --baseline b*.json --candidate c*.json --rate 200/s --json | jq .verdict.outcome

Exit codes: 0 pass, 1 fail, 2 input that cannot be judged, 3 inconclusive, 4 invalid.`,
    )
    .action((flags: CompareFlags) => choose((context) => compare(flags, context)));
}

async function compare(flags: CompareFlags, context: Context): Promise<ExitCode> {
  checkFormat(flags);
  const options = compareOptionsOf(flags);
  const labels = labelsOf(flags);
  if (flags.baseline.length !== flags.candidate.length) {
    throw new SlopegateError(
      'SERIES_INVALID',
      `${flags.baseline.length} files of the baseline and ${flags.candidate.length} of the candidate`,
      {
        hint:
          'give as many of one side as of the other: the n-th files of both are one replicate, recorded side by ' +
          'side',
      },
    );
  }
  const baseline = await readAll(flags.baseline, flags, context);
  const candidate = await readAll(flags.candidate, flags, context);
  const explained = [...baseline, ...candidate].map(explain);
  tellFiles(explained, flags, context);
  const comparison = compareGrowth(
    { baseline, candidate },
    {
      ...options,
      judgedAt: context.clock.now(),
      labels: {
        baseline: labels.baseline ?? sharedName(flags.baseline, 'baseline'),
        candidate: labels.candidate ?? sharedName(flags.candidate, 'candidate'),
      },
    },
  );
  return speak(comparison, explained, flags, context);
}

async function readAll(files: readonly string[], flags: CompareFlags, context: Context): Promise<RecordedRun[]> {
  const runs: RecordedRun[] = [];
  for (const file of files) runs.push(await readSeries(resolve(context.cwd, file), readOptionsOf(flags), file));
  return runs;
}

function tellFiles(explained: readonly Explanation[], flags: CompareFlags, { err }: Context): void {
  const lines = flags.explain ? inFull(explained) : inShort(explained);
  for (const line of lines) err.write(palette(err).dim(`read ${line}\n`));
}

async function speak(
  { verdict, recording, notes, warnings }: Comparison,
  files: readonly Explanation[],
  flags: CompareFlags,
  context: Context,
): Promise<ExitCode> {
  const colours = palette(context.err);
  for (const note of warnings) context.err.write(`${warningLine(context.err, say(note))}\n`);
  for (const note of notes) context.err.write(colours.dim(`note ${say(note)}\n`));
  const result = buildResult(recording, verdict, version());
  if (flags.out !== undefined) {
    const folder = resolve(context.cwd, flags.out);
    await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
      throw new SlopegateError('DISK', `cannot make the folder ${flags.out}`, { cause, hint: 'choose another --out' });
    });
    await writeAll(folder, result);
    context.err.write(`HTML report: ${join(flags.out, 'report.html')}\n`);
  }
  const json = flags.json === true || flags.format === 'json';
  const withFiles = { ...result, files };
  if (json) context.out.write(renderFormat(withFiles, 'json'));
  else if (flags.format === undefined || flags.format === 'terminal') printResult(result, context, { json });
  else context.out.write(renderFormat(result, flags.format));
  return conclude(result, context, flags, null);
}

/** The words that the file names have in common: `leaks/crs-3.0.9-1.csv leaks/crs-3.0.9-2.csv` → `crs-3.0.9` */
function sharedName(files: readonly string[], otherwise: string): string {
  const names = files.map((file) => basename(file).replace(/\.[^.]+$/, ''));
  let shared = names[0] ?? '';
  while (!names.every((name) => name.startsWith(shared))) shared = shared.slice(0, -1);
  const cutsWord = names.some((name) => /^[^-_. ]/.test(name.slice(shared.length))) && !/[-_. ]$/.test(shared);
  return shared.replace(cutsWord ? /(^|[-_. ]+)[^-_. ]*$/ : /[-_. ]+$/, '') || otherwise;
}
