import { clip, plain, table } from '../facts/index.js';
import type { BisectResult } from '../results/index.js';
import { bisectNote, bisectSentence, percent, ratesWords } from '../words/bisect.js';
import { runLines, unjudged } from './ladder-view.js';

const VERSION_WIDTH = 24;

/** A search for the terminal: the answer, the probability of each version, and the runs in their order. */
export function describeBisect(result: BisectResult): string {
  const { probabilities, tests, notes } = result;
  const rows = probabilities
    .slice(1)
    .map(({ version, probability }) => [clip(plain(version), VERSION_WIDTH), percent(probability)]);
  return [
    plain(bisectSentence(result)),
    ratesWords(result),
    ...notes.map(bisectNote),
    '',
    'Probability that a version is the first bad one:',
    ...table(rows).map((line) => `  ${line.trimEnd()}`),
    ...unjudged(tests),
    '',
    ...runLines(tests),
  ]
    .join('\n')
    .concat('\n');
}
