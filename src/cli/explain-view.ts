import { plain } from '../facts/index.js';
import type { Explanation } from '../results/index.js';
import { explanationSentences, moreStacks, shownFrames, shownStacks, stackSentence } from '../words/explain.js';

/** An explanation for the terminal: what is known and found, then the call stacks that grow most. */
export function describeExplanation(explanation: Explanation): string {
  const { labels, requests } = explanation;
  const lines = [
    ...explanationSentences(explanation),
    `baseline: ${labels.baseline}; candidate: ${labels.candidate}; ${requests} requests`,
    ...shownStacks(explanation).flatMap((stack) => [
      '',
      stackSentence(stack),
      ...shownFrames(stack).map((frame) => `    ${frame}`),
    ]),
    ...moreStacks(explanation).flatMap((text) => ['', text]),
  ];
  return `${lines.map(plain).join('\n')}\n`;
}
