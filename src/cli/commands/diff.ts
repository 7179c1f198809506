import { resolve } from 'node:path';
import type { Command } from 'commander';
import { differences } from '../../bundle/index.js';
import { oneLine, serviceChanges, table, type ServiceChange } from '../../facts/index.js';
import { EXIT, type Context } from '../../model/index.js';
import { readResult } from '../../journal/index.js';
import type { Estimate, Result } from '../../results/index.js';
import { dateAndMinute } from '../../words/clock.js';
import { amount, estimateOr } from '../../words/growth.js';
import type { Action } from '../action.js';

/** Differences of the two scenarios that are listed. */
const SHOWN = 10;
/** Parts of a scenario that are about its file and not about what is compared. */
const OF_THE_FILE = /^(name|description|file)$/;

export function diffCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('diff')
    .description('show what differs between two judged runs: verdicts, growth of each service, scenario, traffic')
    .argument('<run>', 'a run directory')
    .argument('<other>', 'another run directory')
    .option('--json', 'print it as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  slopegate diff reports/LAST-WEEK reports/TODAY
  slopegate diff reports/ONE reports/OTHER --json | jq .services

Exit code 0, whatever differs.`,
    )
    .action((run: string, other: string, options: { json?: boolean }) =>
      choose(async (context) => {
        const results = [
          await readResult(resolve(context.cwd, run)),
          await readResult(resolve(context.cwd, other)),
        ] as const;
        if (options.json) context.out.write(`${JSON.stringify(asJson(results), null, 2)}\n`);
        else show(results, context);
        return EXIT.pass;
      }),
    );
}

type Results = readonly [Result, Result];

/** What differs in the two comparisons. If anything differs, the two runs did not measure the same growth. */
function unlike([one, other]: Results) {
  const compared = ({ manifest: { scenario, trace } }: Result): unknown =>
    JSON.parse(JSON.stringify({ ...scenario, trace: trace?.digest ?? null }));
  return differences(compared(one), compared(other)).filter(({ path }) => !OF_THE_FILE.test(path));
}

function asJson(results: Results): object {
  return {
    runs: results.map(({ manifest, verdict }) => ({ runId: manifest.runId, outcome: verdict.outcome })),
    services: serviceChanges(...results),
    comparison: unlike(results),
  };
}

function show(results: Results, { out }: Context): void {
  const runs = results.map(({ manifest: { runId, startedAt, scenario }, verdict }) => [
    verdict.outcome.toUpperCase(),
    oneLine(`${scenario.arms.baseline.label} → ${scenario.arms.candidate.label}`),
    dateAndMinute(startedAt),
    runId,
  ]);
  for (const line of table(runs)) out.write(`${line}\n`);
  out.write('\n');
  const rows = serviceChanges(...results).map((change) => [
    change.name,
    change.outcomes.map((outcome) => outcome ?? 'not judged').join(' → '),
    ...change.differences.map((one) => estimateOr(one, change.unit)),
    changeWords(change),
  ]);
  for (const line of table([['service', 'verdict', 'difference before', 'after', 'change'], ...rows]))
    out.write(`${line.trimEnd()}\n`);
  const others = unlike(results);
  if (others.length === 0) {
    out.write('\nBoth runs are of the same scenario, versions and traffic.\n');
    return;
  }
  out.write('\nNot the same in both runs, so the growth may differ for this reason:\n');
  for (const { path, one, other } of others.slice(0, SHOWN))
    out.write(`  ${path}: ${oneLine(one ?? 'absent')} → ${oneLine(other ?? 'absent')}\n`);
  if (others.length > SHOWN) out.write(`  and ${others.length - SHOWN} more (--json has all)\n`);
}

function changeWords({ differences: [before, after], unit, apart }: ServiceChange): string {
  if (apart === null) return 'not known';
  if (!apart) return 'none that can be seen';
  const change = (after as Estimate).value - (before as Estimate).value;
  return `${amount(Math.abs(change), unit)} ${change > 0 ? 'more' : 'less'}`;
}
