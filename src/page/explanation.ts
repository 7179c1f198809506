import { folded, h, note, section, type Child } from '../drawing/index.js';
import type { Result } from '../results/index.js';
import { explanationSentences, moreStacks, shownFrames, shownStacks, stackSentence } from '../words/explain.js';

/** What keeps the memory, by a diagnosis after this run. */
export function explanation({ explanation: found }: Result): Child {
  if (found === undefined) return null;
  return section(
    'explanation',
    'What keeps the memory',
    note('Both versions were started again after this run, for a diagnosis. It does not change the verdict.'),
    h(
      'ul',
      {},
      explanationSentences(found).map((text) => h('li', {}, text)),
    ),
    ...shownStacks(found).map((stack) => folded(stackSentence(stack), h('pre', {}, shownFrames(stack).join('\n')))),
    ...moreStacks(found).map((text) => note(text)),
  );
}
