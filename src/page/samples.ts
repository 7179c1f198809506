import { folded, h, note, type Child } from '../drawing/index.js';
import { requestSamples } from '../facts/index.js';
import type { Result } from '../results/index.js';

/** The request of each label, so that a reader knows what a label stands for. */
export function samples(result: Result): Child {
  const all = requestSamples(result);
  return all.length === 0
    ? null
    : folded(
        'The request of each label',
        note('As the scenario describes it. Each request gets its own values in place of the words in braces.'),
        all.map(({ label, text }) => [h('h4', { class: 'label' }, label), h('pre', {}, text)]),
      );
}
