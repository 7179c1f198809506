import type { Result } from '../results/index.js';
import { differencesSentence } from '../words/differences.js';

/** Where the two versions differ, as it was found before they were started; null if that was not recorded. */
export function armDifferencesSentence({ manifest: { armDifferences } }: Result): string | null {
  return armDifferences === undefined ? null : differencesSentence(armDifferences);
}
