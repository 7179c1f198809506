import { dataTable, note, section, type Child } from '../drawing/index.js';
import type { Result } from '../results/index.js';
import { count, percent } from '../words/numbers.js';

/** The mixes of the judged window, one after the other. */
export function phases({ manifest: { scenario, trace } }: Result): Child {
  if (trace?.phases === undefined) return null;
  const rows = trace.phases.map(({ name, from, to }, place) => {
    const { share = 0, mix = {} } = scenario.traffic.phases?.[place] ?? {};
    const total = Object.values(mix).reduce((sum, weight) => sum + weight, 0);
    return {
      cells: [
        name,
        percent(share),
        count(from),
        count(to - from),
        Object.entries(mix)
          .map(([label, weight]) => `${label} ${percent(weight / total)}`)
          .join(', '),
      ],
    };
  });
  return section(
    'phases',
    'Phases',
    note(
      'The judged window has these mixes, one after the other, in the same way for both versions. ' +
        'They are marked in the charts. The verdict is about the whole window. ' +
        'Growth by label is not known here, because the shares of the labels change with the phases.',
    ),
    dataTable(
      'Phases of the judged window',
      [
        { title: 'Phase' },
        ...['Of the window', 'After', 'Requests'].map((title) => ({ title, number: true })),
        { title: 'Mix' },
      ],
      rows,
    ),
  );
}
