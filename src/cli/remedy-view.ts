import { plain, table } from '../facts/index.js';
import type { RemedyTest } from '../results/index.js';
import {
  applicationCells,
  remedyCostWords,
  remedyMemoryWords,
  remedyReasonWords,
  remedyScaleWords,
  remedySentence,
} from '../words/remedy-test.js';

/** The test of a remedy for the terminal: the answer, each application, and what the remedy costs. */
export function describeRemedy(test: RemedyTest): string {
  return [
    remedySentence(test),
    ...test.reasons.map(remedyReasonWords),
    '',
    ...applicationLines(test),
    '',
    remedyMemoryWords(test),
    remedyScaleWords(test),
    remedyCostWords(test),
  ]
    .map(plain)
    .join('\n')
    .concat('\n');
}

function applicationLines({ applications }: RemedyTest): readonly string[] {
  const rows = applications.map(applicationCells);
  const head = ['', 'after requests', 'before', 'after', 'leaves', 'lost', 'took'];
  return table([head, ...rows]).map((line) => `  ${line.trimEnd()}`);
}
