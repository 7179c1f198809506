import type { Result } from '../results/index.js';
import { explanationSentences, moreStacks, shownFrames, shownStacks, stackSentence } from '../words/explain.js';
import { block, md } from './md.js';

/** What keeps the memory, by a diagnosis after the run: sentences and call stacks; empty if there was none. */
export function explanationLines({ explanation }: Pick<Result, 'explanation'>): readonly string[] {
  if (explanation === undefined) return [];
  return [
    ...explanationSentences(explanation).map((text) => `- ${md(text)}`),
    ...shownStacks(explanation).flatMap((stack) => [
      '',
      md(stackSentence(stack)),
      '',
      ...block(shownFrames(stack).join('\n')),
    ]),
    ...moreStacks(explanation).flatMap((text) => ['', md(text)]),
  ];
}
