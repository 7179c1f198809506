import { ATTRIBUTED, type Attributed, type ToldAttribution, type LabelGrowth, type Result } from '../../model/index.js';
import { estimate, perWhat } from '../../words/growth.js';
import { list, percent } from '../../words/numbers.js';
import { attributions } from '../facts/attribution.js';
import { roleName } from '../facts/services.js';
import { dataTable, note, section, under, type Row } from './elements.js';
import { h, type Child } from './node.js';

/** Which requests make memory grow, and what that means to somebody who must live with it for a while. */
export function attribution(result: Result): Child {
  const all = attributions(result);
  if (all.length === 0) return null;
  return section(
    'attribution',
    'Which requests make it grow',
    note(
      'The shares of labels varied over the judged window by design, the same way for both versions; how memory followed says what each label leaves behind, per request of that label. The intervals of a column hold all together. What lies above the margin with its whole interval is marked. The verdict does not rest on this.',
    ),
    all.map((one) => [
      h('h3', {}, roleName(one.role)),
      ...one.sentences.map((sentence) => h('p', {}, sentence)),
      growthTable(one),
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

function growthTable({ role, unit, labels, blame }: ToldAttribution): Child {
  const isNamed = (label: LabelGrowth): boolean =>
    ATTRIBUTED.some((column) => blame[column].named.some((one) => one.labels.join() === label.labels.join()));
  const cell = (label: LabelGrowth, column: Attributed): Child => {
    const value = label[column];
    if (value === null) return 'not measured';
    const text = estimate(value, unit);
    return under(text.value, text.interval);
  };
  const columns = [
    { title: 'Label' },
    ...['Share', 'Baseline', 'Candidate', 'Difference'].map((title) => ({ title, number: true })),
  ];
  const rows = labels.map((label): Row => ({
    ...(isNamed(label) ? { class: 'changed' } : {}),
    cells: [list(label.labels), percent(label.share), ...ATTRIBUTED.map((column) => cell(label, column))],
  }));
  return [dataTable(`Growth of ${roleName(role)} by label, ${perWhat(unit)} of that label`, columns, rows, 'cards')];
}
