import { dataTable, folded, h, note, section, type Child, type Element } from '../drawing/index.js';
import type { RemedyTest, Result } from '../results/index.js';
import { count, duration } from '../words/numbers.js';
import {
  applicationCells,
  bytesOrNothing,
  remedyCostWords,
  remedyMemoryWords,
  remedyName,
  remedyOutcomeWords,
  remedyReasonWords,
  remedyScaleWords,
  remedySentence,
} from '../words/remedy-test.js';

/** The remedies that were tested on the candidate after this run. */
export function remedies({ remedies: tests = [] }: Result): Child {
  if (tests.length === 0) return null;
  return section(
    'remedies',
    'Remedies that were tested',
    note(
      'What can be done again and again until the growth is fixed, tested under the traffic of the scenario. ' +
        'These tests do not change the verdict.',
    ),
    dataTable(
      'Remedies that were tested',
      [
        { title: 'Remedy' },
        { title: 'Once every', number: true },
        { title: 'Result' },
        { title: 'Gives back', number: true },
        { title: 'Leaves behind', number: true },
        { title: 'Requests lost', number: true },
      ],
      tests.map((test) => ({
        ...(test.outcome === 'holds' ? {} : { class: 'changed' }),
        cells: [
          remedyName(test.remedy),
          duration(test.every.meant),
          remedyOutcomeWords(test.outcome),
          bytesOrNothing(test.givenBack),
          bytesOrNothing(test.left?.value ?? null),
          test.lost === null ? '–' : count(test.lost),
        ],
      })),
    ),
    ...tests.map(details),
  );
}

function details(test: RemedyTest): Element {
  const sentences = [
    ...test.reasons.map(remedyReasonWords),
    remedyMemoryWords(test),
    remedyScaleWords(test),
    remedyCostWords(test),
  ];
  return folded(
    remedySentence(test),
    h('p', {}, sentences.join(' ')),
    dataTable(
      `Each application: ${remedyName(test.remedy)}`,
      ['Application', 'After requests', 'Before', 'After', 'Leaves', 'Lost', 'Took'].map((title) => ({
        title,
        number: true,
      })),
      test.applications.map((one) => ({ cells: applicationCells(one) })),
    ),
  );
}
