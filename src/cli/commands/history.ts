import { resolve } from 'node:path';
import type { Command } from 'commander';
import { stateFolder } from '../../calibration/store.js';
import { oneLine, table } from '../../facts/index.js';
import { addToHistory, historyEntry, historyFile, readHistory, type HistoryEntry } from '../../history/index.js';
import { EXIT, PRIMARY_METRIC, type Context } from '../../model/index.js';
import { readResult } from '../../journal/index.js';
import { amount } from '../../words/growth.js';
import { metricName } from '../../words/metrics.js';
import { memory, plural } from '../../words/numbers.js';
import { roleName } from '../../words/subject.js';
import type { Action } from '../action.js';
import { warningLine } from '../warning.js';

interface HistoryFlags {
  readonly scenario?: string;
  readonly service?: string;
  readonly add?: readonly string[];
  readonly json?: boolean;
}

export function historyCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('history')
    .description('show every verdict of this machine: growth by version, scenario, service and host, over time')
    .option('--scenario <name>', 'only runs of this scenario')
    .option('--service <name>', 'only this service')
    .option('--add <runs...>', 'add judged run directories first, for example from another machine')
    .option('--json', 'print the entries as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  slopegate history
  slopegate history --scenario my-waf-upgrade --service waf
  slopegate history --add collected/* --json | jq '.[].outcome'

"run" and "merge" add their verdicts by themselves. See docs/history.md.`,
    )
    .action((flags: HistoryFlags) =>
      choose(async (context) => {
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
        const chosen = entries
          .filter(({ scenario }) => flags.scenario === undefined || scenario === flags.scenario)
          .map((entry) => withService(entry, flags.service))
          .filter(({ services }) => flags.service === undefined || services.length > 0);
        if (flags.json) context.out.write(`${JSON.stringify(chosen, null, 2)}\n`);
        else if (chosen.length === 0) context.out.write(nothingShown(entries.length, damaged.length));
        else show(chosen, context);
        return EXIT.pass;
      }),
    );
}

function withService(entry: HistoryEntry, service: string | undefined): HistoryEntry {
  return service === undefined ? entry : { ...entry, services: entry.services.filter(({ role }) => role === service) };
}

const TITLES = ['began', 'scenario', 'versions', 'verdict', 'service', 'baseline', 'candidate', 'difference', 'host'];

function nothingShown(readable: number, damaged: number): string {
  if (readable > 0) return 'No verdict of this scenario or service.\n';
  return damaged > 0 ? 'No verdict could be read.\n' : 'No verdict yet. "slopegate run" adds its verdict here.\n';
}

function show(entries: readonly HistoryEntry[], { out }: Context): void {
  const rows = entries.flatMap(rowsOf);
  for (const line of table([TITLES, ...rows])) out.write(`${line.trimEnd()}\n`);
  out.write('Growth per request, or per second if requests were not counted.\n');
}

/** A row for each judged service; one for a run without any. */
function rowsOf({ startedAt, scenario, baseline, candidate, outcome, services, host }: HistoryEntry): string[][] {
  const run = [startedAt.slice(0, 16).replace('T', ' '), oneLine(scenario), oneLine(`${baseline} → ${candidate}`)];
  const machine = host === null ? 'not known' : `${plural(host.cpus, 'CPU')}, ${memory(host.memoryBytes)}`;
  if (services.length === 0) return [[...run, outcome.toUpperCase(), '', '', '', '', machine]];
  return services.map((service) => {
    const value = (one: number | null): string => (one === null ? '' : amount(one, service.unit));
    const name = roleName(service.role);
    return [
      ...run,
      outcome.toUpperCase(),
      service.metric === PRIMARY_METRIC ? name : `${name}, ${metricName(service.metric)}`,
      value(service.baseline),
      value(service.candidate),
      value(service.difference?.value ?? null),
      machine,
    ];
  });
}
