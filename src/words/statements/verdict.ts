import type { VerdictFacts } from '../../results/statement/index.js';
import { estimate, growth } from '../growth.js';
import { count, list, plural } from '../numbers.js';
import { comparedWithBaseline, evidenceWords, subjectName } from '../subject.js';
import type { Sentences } from './sentences.js';

/** What a verdict says beside the statements on which it is based. */
export const VERDICT: Sentences<VerdictFacts> = {
  void: () => 'The comparison is not valid.',
  'others-grow': ({ subjects }) => `Also growing: ${list(subjects.map(subjectName))}.`,
  'growth-in-two-parts': ({ perHour, perRequest, margin, explained }) => {
    const [hour, request] = [estimate(perHour, 'bytes/h'), estimate(perRequest, 'bytes/request')];
    const rest = `${request.value} ${request.per} (${request.confidence} interval ${request.interval})`;
    return explained
      ? `It grows with time: ${hour.value} ${hour.per} without any request. ` +
          `What is left for the requests is ${rest}, not surely above the margin of ${growth(margin, 'bytes/request')}.`
      : `It grows in two ways: ${hour.value} ${hour.per} without any request, and beside that ${rest}.`;
  },
  'all-within-margin': ({ services, nearest }) =>
    `${services === 2 ? 'Both' : `All ${count(services)}`} services stay within the margin. ` +
    `The nearest to it is ${subjectName(nearest)}, ` +
    `which grows ${comparedWithBaseline(nearest.difference, nearest.unit)} ${evidenceWords(nearest)}.`,
  'all-pass-some-settled': () => 'No service goes on growing faster in the candidate by more than the margin.',
  'nothing-measured': () => 'Nothing was measured: no replicate was completed with both versions.',
  'nothing-judged': () => 'Nothing was judged: no service of the recording counts towards the verdict.',
  'others-open': ({ others, of }) =>
    `${plural(others, 'more service')} of ${count(of)} ${others === 1 ? 'is' : 'are'} undecided too.`,
};
