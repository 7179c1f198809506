import { dataTable, folded, valueAbove, type Child } from '../drawing/index.js';
import { assessmentName } from '../facts/index.js';
import { ARMS, PRIMARY_METRIC } from '../model/index.js';
import type { Result, UsageAssessment, WordedService } from '../results/index.js';
import { percent } from '../words/numbers.js';
import { usageAmount, usageName } from '../words/usage.js';
import { ABSENT } from './service-cells.js';

const TITLES = ['Baseline', 'Candidate', 'Difference', 'Share', 'Accepted'];

/** What a service uses up beside memory, in both versions; nothing if it was not read. */
export function usageTable(result: Result, service: WordedService): Child {
  const { usage = [] } = result.verdict.assessment;
  const rows = usage.filter(({ role }) => role === service.role);
  // A service has this table once, beside its memory.
  if (rows.length === 0 || service.metric !== PRIMARY_METRIC) return null;
  return folded(
    'Beside memory: processor, disk, log, latency',
    dataTable(
      `What ${assessmentName(service)} uses up beside memory, mean over the replicates`,
      [{ title: 'What' }, ...TITLES.map((title) => ({ title, number: true }))],
      rows.map((row) => ({ cells: [usageName(row.measure), ...cells(row)] })),
      'cards',
    ),
  );
}

function cells({ value, difference, relative, margin, unit }: UsageAssessment): readonly Child[] {
  const amount = (number: number | null): string => (number === null ? ABSENT : usageAmount(number, unit));
  return [
    ...ARMS.map((arm) => amount(value[arm])),
    difference === null
      ? ABSENT
      : valueAbove(amount(difference.value), `${amount(difference.lower)} to ${amount(difference.upper)}`),
    relative === null ? '—' : percent(relative),
    margin === null ? 'not tested' : amount(margin),
  ];
}
