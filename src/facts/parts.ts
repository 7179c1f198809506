import type { Result } from '../results/index.js';
import { liveSentence, partsSentence } from '../words/parts.js';
import { roleName } from '../words/subject.js';
import { sortedServices } from './services.js';

/** Which kind of memory grows, for each service that fails: what short reports have room for. */
export function grownParts(result: Result): readonly string[] {
  return sortedServices(result)
    .filter(({ judged, outcome }) => judged && outcome === 'fail')
    .flatMap(({ role, difference, parts = [], unit }) => {
      const sentences = [partsSentence(difference, parts, unit), liveSentence(parts, unit)].filter(Boolean);
      return sentences.length === 0 ? [] : [`${roleName(role)}: ${sentences.join(' ')}`];
    });
}
