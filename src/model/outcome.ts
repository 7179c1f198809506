import type { Scenario } from './scenario.js';

/** What a comparison concludes. */
export type Outcome = 'pass' | 'fail' | 'inconclusive' | 'invalid';

/** The verdict that the author expects. A comparison of a version with itself should pass. */
export function expectedOutcome({ expect }: Pick<Scenario, 'expect'>): 'pass' | 'fail' | null {
  return expect === 'same' ? 'pass' : expect;
}
