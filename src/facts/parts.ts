import type { Result } from '../model/index.js';
import { partsSentence } from '../words/parts.js';
import { roleName } from '../words/subject.js';
import { sortedServices } from './services.js';

/** Which kind of memory grows, for each service that fails: what short reports have room for. */
export function grownParts(result: Result): readonly string[] {
  return sortedServices(result)
    .filter(({ judged, outcome }) => judged && outcome === 'fail')
    .flatMap(({ role, difference, parts = [], unit }) => {
      const sentence = partsSentence(difference, parts, unit);
      return sentence === null ? [] : [`${roleName(role)}: ${sentence}`];
    });
}
