import { oneLine, table } from '../facts/index.js';
import type { HistoryEntry } from '../history/index.js';
import type { Output } from '../model/index.js';
import type { Qualification, QualifiedScenario } from '../results/index.js';
import { dateAndMinute } from '../words/clock.js';
import { amount } from '../words/growth.js';
import { hostWords, serviceName } from '../words/history.js';
import { qualificationSentences, runWords, stateWords } from '../words/qualification.js';

const TITLES = ['began', 'scenario', 'versions', 'verdict', 'service', 'baseline', 'candidate', 'difference', 'host'];

/** The entries of the history, one row for each judged service. */
export function showEntries(entries: readonly HistoryEntry[], out: Output): void {
  showTable([TITLES, ...entries.flatMap(rowsOf)], out);
  out.write('Growth per request, or per second if requests were not counted.\n');
}

function showTable(rows: readonly (readonly string[])[], out: Output): void {
  for (const line of table(rows.map((row) => [...row]))) out.write(`${line.trimEnd()}\n`);
}

/** A row for each judged service; one for a run without any. An invalid comparison states no growth. */
function rowsOf({ startedAt, scenario, baseline, candidate, outcome, services, host }: HistoryEntry): string[][] {
  const run = [dateAndMinute(startedAt), oneLine(scenario), oneLine(`${baseline} → ${candidate}`)];
  const machine = hostWords(host);
  if (services.length === 0) return [[...run, outcome.toUpperCase(), '', '', '', '', machine]];
  return services.map((service) => {
    const value = (one: number | null): string =>
      one === null || outcome === 'invalid' ? '' : amount(one, service.unit);
    return [
      ...run,
      outcome.toUpperCase(),
      serviceName(service.role, service.metric),
      value(service.baseline),
      value(service.candidate),
      value(service.difference?.value ?? null),
      machine,
    ];
  });
}

/** Whether a version is qualified: a row for each of its runs, then the answer in words. */
export function showQualification(qualification: Qualification, out: Output): void {
  const { candidate, scenarios } = qualification;
  const rows = ({ scenario, state, runs }: QualifiedScenario): string[][] => {
    const first = [oneLine(scenario), stateWords(state).toUpperCase()];
    if (runs.length === 0) return [[...first, '', '', '']];
    return runs.map((run, place) => [
      ...(place === 0 ? first : ['', '']),
      oneLine(runWords(run, candidate)),
      run.outcome.toUpperCase(),
      oneLine(run.directory),
    ]);
  };
  if (scenarios.length > 0)
    showTable([['scenario', 'state', 'run', 'verdict', 'folder'], ...scenarios.flatMap(rows)], out);
  out.write(`${qualificationSentences(qualification).map(oneLine).join(' ')}\n`);
}
