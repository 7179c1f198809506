import { dataTable, h, note, section, valueAbove, type Child, type Row } from '../drawing/index.js';
import { attributions, clip, requestSamples } from '../facts/index.js';
import {
  ATTRIBUTED,
  type Attributed,
  type LabelGrowth,
  type Result,
  type WordedAttribution,
} from '../results/index.js';
import { estimate, perWhat } from '../words/growth.js';
import { list, percent } from '../words/numbers.js';
import { roleName } from '../words/subject.js';

const INTRODUCTION =
  'During the judged window the mix of requests changes as planned, in the same way for both versions. ' +
  'The growth per request of each label is estimated from how memory follows this mix. ' +
  'All intervals in a column are valid at the same time (95 % for the whole column). ' +
  'Highlighted: the whole interval is above the margin. The verdict does not use this table.';

/** Which requests make memory grow, and what this means for an operator who must live with it for a while. */
export function attribution(result: Result): Child {
  const all = attributions(result);
  if (all.length === 0) return null;
  const lines = new Map(requestSamples(result).map(({ label, line }) => [label, line] as const));
  return section(
    'attribution',
    'Which requests make it grow',
    note(INTRODUCTION),
    all.map((one) => [
      h('h3', {}, roleName(one.role)),
      ...one.sentences.map((sentence) => h('p', {}, sentence)),
      growthTable(one, lines),
      one.exhaustion.length === 0
        ? null
        : h(
            'ul',
            { class: 'guards' },
            one.exhaustion.map(({ sentence }) => h('li', {}, sentence)),
          ),
    ]),
  );
}

/** A label, and below it the method and the target of its request. */
function nameOf({ labels }: LabelGrowth, lines: ReadonlyMap<string, string>): Child {
  const [only = ''] = labels;
  const line = labels.length === 1 ? lines.get(only) : undefined;
  return line === undefined ? list(labels) : valueAbove(only, clip(line, 60));
}

function growthTable({ role, unit, labels, blame }: WordedAttribution, lines: ReadonlyMap<string, string>): Child {
  const isNamed = (label: LabelGrowth): boolean =>
    ATTRIBUTED.some((column) => blame[column].named.some((one) => one.labels.join() === label.labels.join()));
  const cell = (label: LabelGrowth, column: Attributed): Child => {
    const value = label[column];
    if (value === null) return 'not measured';
    const text = estimate(value, unit);
    return valueAbove(text.value, text.interval);
  };
  const columns = [
    { title: 'Label' },
    ...['Share', 'Baseline', 'Candidate', 'Difference'].map((title) => ({ title, number: true })),
  ];
  const rows = labels.map((label): Row => ({
    ...(isNamed(label) ? { class: 'changed' } : {}),
    cells: [nameOf(label, lines), percent(label.share), ...ATTRIBUTED.map((column) => cell(label, column))],
  }));
  return [dataTable(`Growth of ${roleName(role)} by label, ${perWhat(unit)} of that label`, columns, rows, 'cards')];
}
