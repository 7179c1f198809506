import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { stateFolder } from '../../calibration/store.js';
import {
  addToHistory,
  historyEntry,
  historyFile,
  qualify,
  readHistory,
  type HistoryEntry,
} from '../../history/index.js';
import { EXIT, SlopegateError, type Context } from '../../model/index.js';
import { readResult } from '../../journal/index.js';
import type { Qualification } from '../../results/index.js';
import { nearest } from '../../words/nearest.js';
import { plural } from '../../words/numbers.js';
import { version } from '../../run/version.js';
import type { Action } from '../action.js';
import { writeTrendPage } from '../history-page.js';
import { showEntries, showQualification } from '../history-view.js';
import { warningLine } from '../warning.js';

interface HistoryFlags {
  readonly scenario?: readonly string[];
  readonly service?: string;
  readonly since?: string;
  readonly add?: readonly string[];
  readonly qualify?: string;
  readonly html?: string;
  readonly json?: boolean;
}

export function historyCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('history')
    .description('show every verdict of this machine: growth by version, scenario, service and host, over time')
    .option('--scenario <names...>', 'only runs of these scenarios')
    .option('--service <name>', 'only this service')
    .option('--since <day>', 'only runs that began on this day (UTC) or later, for example 2026-11-01', day)
    .option('--add <runs...>', 'add judged run directories first, for example from another machine')
    .option('--qualify <version>', 'say whether this candidate passes in every scenario')
    .option('--html <file>', 'also write a page with charts over time and a table of versions and scenarios')
    .option('--json', 'print the entries, or with --qualify the answer, as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  slopegate history
  slopegate history --scenario my-waf-upgrade --service waf
  slopegate history --html trend.html
  slopegate history --qualify 1.5 --scenario my-waf-upgrade my-waf-rollback --since 2026-11-01
  slopegate history --add collected/* --json | jq '.[].outcome'

Exit code 0. With --qualify: 0 if the candidate passes in every scenario, 1 if it fails in one, otherwise 3.
"run" and "merge" add their verdicts by themselves. See docs/history.md.`,
    )
    .action((flags: HistoryFlags) => choose((context) => history(flags, context)));
}

async function history(flags: HistoryFlags, context: Context) {
  if (flags.qualify !== undefined && flags.service !== undefined)
    throw new SlopegateError('USAGE', '--service cannot be used with --qualify', {
      hint: 'A version passes with all of its services, or not at all: leave out --service.',
    });
  const file = historyFile(stateFolder(context));
  for (const run of flags.add ?? []) {
    const directory = resolve(context.cwd, run);
    addToHistory(file, historyEntry(await readResult(directory), directory));
  }
  const { entries, damaged } = await readHistory(file);
  if (damaged.length > 0)
    context.err.write(
      `${warningLine(
        context.err,
        `${file}: ${plural(damaged.length, 'line')} cannot be read (damaged, or of a newer slopegate). ` +
          `They are left out. The first is line ${damaged[0]}.`,
      )}\n`,
    );
  const chosen = chosenBy(flags, entries);
  const qualification =
    flags.qualify === undefined
      ? null
      : // A scenario whose runs are older than --since is one that was not tested.
        qualify(chosen, flags.qualify, flags.scenario ?? scenariosOf(entries), damaged.length);
  if (flags.html !== undefined) {
    const page = resolve(context.cwd, flags.html);
    writeTrendPage(page, { slopegate: version(), entries: chosen, qualification });
    context.err.write(`Page: ${flags.html}\n`);
  }
  if (flags.json) context.out.write(`${JSON.stringify(qualification ?? chosen, null, 2)}\n`);
  else if (qualification !== null) showAnswer(qualification, chosen, context);
  else if (chosen.length === 0) context.out.write(nothingShown(entries.length, damaged.length));
  else showEntries(chosen, context.out);
  return EXIT[qualification?.outcome ?? 'pass'];
}

function showAnswer(qualification: Qualification, entries: readonly HistoryEntry[], { out }: Context): void {
  showQualification(qualification, out);
  const known = [...new Set(entries.map(({ candidate }) => candidate))];
  const meant = nearest(qualification.candidate, known);
  if (!known.includes(qualification.candidate) && meant !== null) out.write(`Did you mean ${meant}?\n`);
}

function chosenBy({ scenario, service, since = '' }: HistoryFlags, entries: readonly HistoryEntry[]): HistoryEntry[] {
  return entries
    .filter((entry) => entry.startedAt >= since && (scenario === undefined || scenario.includes(entry.scenario)))
    .map((entry) => withService(entry, service))
    .filter(({ services }) => service === undefined || services.length > 0);
}

function withService(entry: HistoryEntry, service: string | undefined): HistoryEntry {
  return service === undefined ? entry : { ...entry, services: entry.services.filter(({ role }) => role === service) };
}

const scenariosOf = (entries: readonly HistoryEntry[]): string[] =>
  [...new Set(entries.map(({ scenario }) => scenario))].sort();

/** A day of the calendar, as it is. @throws InvalidArgumentError */
function day(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)) return text;
  throw new InvalidArgumentError('Expected a day, such as 2026-11-01.');
}

function nothingShown(readable: number, damaged: number): string {
  if (readable > 0) return 'No verdict of this scenario or service.\n';
  return damaged > 0 ? 'No verdict could be read.\n' : 'No verdict yet. "slopegate run" adds its verdict here.\n';
}
