import { percent, plural } from './numbers.js';

/** What makes a verdict sure, in numbers. */
export interface SurenessFacts {
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** The chance of a wrong FAIL and of a wrong PASS that the method accepts. */
  readonly alpha: { readonly fail: number; readonly pass: number };
  /** Replicates that were measured on both versions, and those of them whose difference is above the margin. */
  readonly replicates: number;
  readonly above: number;
  /** The growth slowed down, and only what is left of it is within the margin. */
  readonly isSettled: boolean;
  /** The interval of the difference lies on both sides of the margin. */
  readonly isOnBothSides: boolean;
}

const SAY: Readonly<Record<SurenessFacts['outcome'], (facts: SurenessFacts) => string>> = {
  fail: ({ alpha, replicates, above }) =>
    `The difference is above the margin in ${allOf(above, replicates)}. ` +
    `By design, a candidate within the margin gets a FAIL in at most ${percent(alpha.fail)} of runs.`,
  pass: ({ alpha, replicates, above, isSettled }) =>
    (isSettled
      ? 'Growth slowed down, and the difference is within the margin in the second half of the window. '
      : `The difference is within the margin in ${allOf(replicates - above, replicates)}. `) +
    `By design, a candidate beyond the margin gets a PASS in at most ${percent(alpha.pass)} of runs.`,
  inconclusive: ({ isOnBothSides }) =>
    isOnBothSides
      ? 'Not sure enough. The true difference may be within the margin or above it.'
      : 'Not sure enough for a PASS or a FAIL.',
};

/** How sure the verdict is, in words: `The difference is above the margin in all 3 replicates. …` */
export function surenessSentence(facts: SurenessFacts): string {
  return SAY[facts.outcome](facts);
}

function allOf(number: number, all: number): string {
  if (number === all) return all === 1 ? 'the only replicate' : `all ${plural(all, 'replicate')}`;
  return `${number} of ${plural(all, 'replicate')}`;
}
