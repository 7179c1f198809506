import { dataTable, h, note, section, type Child, type Element } from '../drawing/index.js';
import {
  actionRows,
  armTraffic,
  transportWords,
  connectionsOf,
  deathMoment,
  isRecorded,
  labelTraffic,
  latenessOfArm,
  standingFindings,
  type LabelTraffic,
} from '../facts/index.js';
import { ARMS } from '../model/index.js';
import type { DecisionDifference, Result, WordedCheck, WordedFinding } from '../results/index.js';
import { count, percent, significant } from '../words/numbers.js';
import { roleName } from '../words/subject.js';
import { samples } from './samples.js';

const SEVERITY: Readonly<Record<WordedFinding['severity'], string>> = {
  info: 'note',
  warn: 'warning',
  fail: 'fails',
};
const SEVERITY_ORDER: readonly WordedFinding['severity'][] = ['fail', 'warn', 'info'];

/** When a container died, after the sentence that says so. */
function moment(result: Result, said: WordedFinding | WordedCheck): Child {
  const sentence = deathMoment(result, said);
  return sentence === null ? null : ` ${sentence}`;
}

export function findings(result: Result): Child {
  const shown = standingFindings(result);
  if (shown.length === 0) return null;
  const sorted = [...shown].sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
  return section(
    'findings',
    'Findings',
    h(
      'ul',
      { class: 'findings' },
      sorted.map((finding) =>
        h(
          'li',
          { class: finding.severity },
          h('span', { class: 'severity' }, finding.accepted === undefined ? SEVERITY[finding.severity] : 'accepted'),
          ' ',
          finding.service === null
            ? null
            : h('strong', {}, `${roleName(finding.service)}${finding.arm === null ? '' : `, ${finding.arm}`}: `),
          finding.sentence,
          moment(result, finding),
          finding.hint === null ? null : h('span', { class: 'hint' }, ` ${finding.hint}`),
        ),
      ),
    ),
  );
}

export function validity(result: Result): Element {
  const { assessment } = result.verdict;
  return section(
    'validity',
    'Was the comparison fair?',
    assessment.validity.length === 0
      ? note(
          isRecorded(result)
            ? 'Not known. These series were recorded elsewhere. They cannot show that both sides got the same ' +
                'requests, that both decided them alike, or that no container died. None of this was checked.'
            : 'Nothing about fairness was recorded.',
        )
      : h(
          'ul',
          { class: 'checks' },
          assessment.validity.map((check) =>
            h(
              'li',
              { class: check.ok ? 'ok' : 'bad' },
              h('span', { class: 'mark' }, check.ok ? '✓ holds' : '✗ fails'),
              ' ',
              check.sentence,
              moment(result, check),
              ' ',
              h('code', {}, check.name),
            ),
          ),
        ),
  );
}

export function decisions({ verdict: { assessment } }: Result): Child {
  const differing = assessment.decisions.filter((one) => one.differing > 0);
  if (differing.length === 0) return null;
  return section(
    'decisions',
    'Requests the two versions decided differently',
    dataTable(
      'Decisions that differ, by label',
      [
        { title: 'Label' },
        { title: 'Differing', number: true },
        { title: 'Of', number: true },
        { title: 'Share', number: true },
        { title: 'Examples: request, baseline → candidate' },
      ],
      differing.map((one) => ({
        class: 'changed',
        cells: [
          one.label,
          count(one.differing),
          count(one.requests),
          one.requests > 0 ? percent(one.differing / one.requests) : '—',
          examples(one),
        ],
      })),
    ),
  );
}

const NO_ANSWER: Readonly<Record<string, string>> = {
  none: 'no answer',
  0: 'no answer',
  closed: 'no answer: connection closed',
};

/** What was asked, and what each arm answered. An ellipsis says that more examples exist than are kept. */
function examples({ examples: shown, differing }: DecisionDifference): string {
  return [
    ...shown.map(
      ({ index, request, baseline, candidate }) =>
        `${request ?? `#${index}`}: ${baseline || 'no answer'} → ${candidate || 'no answer'}`,
    ),
    ...(differing > shown.length ? ['…'] : []),
  ].join(', ');
}

function statusRows({
  label,
  statuses,
  counts,
  differs,
}: LabelTraffic): readonly { readonly cells: readonly Child[]; readonly class?: string }[] {
  if (statuses.length === 0) return [{ cells: [label, 'none recorded', '', ''] }];
  return statuses.map((status) => ({
    cells: [label, NO_ANSWER[status] ?? status, ...ARMS.map((arm) => count(counts[arm].get(status) ?? 0))],
    ...(differs ? { class: 'changed' } : {}),
  }));
}

/** Milliseconds; a dash if nothing was measured. */
export function late(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '—' : `${significant(milliseconds, 2)} ms`;
}

export function traffic(result: Result): Child {
  if (isRecorded(result)) return null;
  const totals = ARMS.map((arm) => ({
    arm,
    ...armTraffic(result, arm),
    lateness: latenessOfArm(result, arm),
    connections: connectionsOf(result, arm),
  }));
  const counted = totals.some(({ connections }) => connections !== null);
  const sentBy = transportWords(result);
  const labels = labelTraffic(result);
  const numbers = (titles: readonly string[]): { readonly title: string; readonly number: true }[] =>
    titles.map((title) => ({ title, number: true }));
  return section(
    'traffic',
    'Traffic',
    note(
      `${sentBy === null ? '' : `Sent by ${sentBy}. `}Sums over all trials, with the warm-up. ` +
        'Rows that differ are highlighted. Late: how long after its scheduled time a request was sent ' +
        `(p50 of the median trial, p99 of the worst).${counted ? ' Resumed: TLS sessions that were resumed.' : ''}`,
    ),
    dataTable(
      'Requests planned, sent and answered',
      [
        { title: 'Version' },
        ...numbers([
          'Planned',
          'Sent',
          'Answered',
          'Late, p50',
          'Late, p99',
          ...(counted ? ['Connections', 'Resumed'] : []),
        ]),
      ],
      totals.map((one) => ({
        cells: [
          one.arm,
          count(one.planned),
          count(one.sent),
          count(one.answered),
          late(one.lateness?.p50),
          late(one.lateness?.p99),
          ...(counted
            ? [one.connections?.opened, one.connections?.resumed].map((number) =>
                number === undefined ? '—' : count(number),
              )
            : []),
        ],
        ...(one.sent === one.planned && one.answered === one.sent ? {} : { class: 'changed' }),
      })),
    ),
    labels.length === 0
      ? null
      : dataTable(
          'Answers by label and status',
          [{ title: 'Label' }, { title: 'Status' }, ...numbers(['Baseline', 'Candidate'])],
          labels.flatMap(statusRows),
        ),
    samples(result),
  );
}

/** What was done to both arms while they served. */
export function actions(result: Result): Child {
  const rows = actionRows(result);
  if (rows.length === 0) return null;
  const columns = [
    { title: 'Action' },
    { title: 'Service' },
    { title: 'In each trial' },
    ...['Done', 'Failed', 'Took at most', 'Late at most'].map((title) => ({ title, number: true })),
  ];
  return section(
    'actions',
    'Actions under load',
    note('They were done on both versions at the same request, and are marked in the charts.'),
    dataTable(
      'Actions under load, over all trials',
      columns,
      rows.map((row) => ({
        ...(row.failed === 0 ? {} : { class: 'changed' }),
        cells: [
          row.name,
          row.service,
          row.when,
          count(row.done),
          count(row.failed),
          `${significant(row.longest, 2)} s`,
          `${count(row.latest)} requests`,
        ],
      })),
    ),
  );
}
