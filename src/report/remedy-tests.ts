import type { RemedyTest, Result } from '../results/index.js';
import { duration } from '../words/numbers.js';
import {
  bytesOrNothing,
  remedyCostWords,
  remedyMemoryWords,
  remedyName,
  remedyOutcomeWords,
  remedyReasonWords,
  remedyScaleWords,
  remedySentence,
} from '../words/remedy-test.js';
import { md, row } from './md.js';

/** The remedies that were tested for a run, as a table and in sentences; empty if there are none. */
export function remedyTestLines({ remedies = [] }: Result): readonly string[] {
  if (remedies.length === 0) return [];
  return [
    row(['remedy', 'once every', 'result', 'gives back', 'leaves behind', 'requests lost']),
    '|---|---|---|--:|--:|--:|',
    ...remedies.map((test) =>
      row(
        [
          remedyName(test.remedy),
          duration(test.every.meant),
          remedyOutcomeWords(test.outcome),
          bytesOrNothing(test.givenBack),
          bytesOrNothing(test.left?.value ?? null),
          String(test.lost ?? '–'),
        ].map(md),
      ),
    ),
    '',
    ...remedies.map((test) => `- ${sentencesOf(test).map(md).join(' ')}`),
  ];
}

function sentencesOf(test: RemedyTest): readonly string[] {
  return [
    remedySentence(test),
    ...test.reasons.map(remedyReasonWords),
    remedyMemoryWords(test),
    remedyScaleWords(test),
    remedyCostWords(test),
  ];
}
