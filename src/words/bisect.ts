import type { BisectNote, BisectResult } from '../results/index.js';
import { ladderNote } from './ladder.js';
import { list, significant } from './numbers.js';

/** What a search for the first bad release found, in one or two sentences. */
export function bisectSentence(result: BisectResult): string {
  const { firstBad, ended, good, level, tests } = result;
  if (ended === 'sure') return `The first bad version is ${firstBad[0]} (probability ${percent(sumOf(result))}).`;
  const among = `The first bad version is one of ${list(firstBad)}`;
  if (ended === 'open')
    return (
      `${among} (probability ${percent(sumOf(result))} together). ` +
      `Runs of ${list(firstBad.slice(0, -1))} against ${good} did not decide.`
    );
  return `${among}. After ${tests.length} runs no version has a probability of ${percent(level)}.`;
}

/** The probabilities of the versions that are named. */
function sumOf({ probabilities, firstBad }: BisectResult): number {
  return probabilities.reduce((sum, one) => (firstBad.includes(one.version) ? sum + one.probability : sum), 0);
}

/** `99.3 %`; never rounded up to 100, or down to 0. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0001) return 'less than 0.01 %';
  return share > 0.999 && share < 1 ? 'more than 99.9 %' : `${significant(100 * share)} %`;
}

/** What the search assumes of each run. */
export function ratesWords({ rates }: BisectResult): string {
  return (
    `It allows for wrong verdicts: FAIL in ${percent(rates.falseFail)} of the runs of a good version, and PASS in ` +
    `${percent(rates.missedFail)} of the runs of a bad one.`
  );
}

/** What makes the answer weaker. */
export function bisectNote(note: BisectNote): string {
  return note === 'small-growth'
    ? 'The bad version grows beyond the good one by less than twice the margin. Runs often do not ' +
        'decide about such growth. With a smaller margin or a longer preset they decide more often.'
    : ladderNote(note);
}
