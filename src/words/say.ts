import type { FactsByCode, Statement } from '../model/statement/index.js';
import { ADVICE } from './statements/advice.js';
import { ATTRIBUTION } from './statements/attribution.js';
import { CHECKS } from './statements/checks.js';
import { FINDINGS } from './statements/findings.js';
import { GROWTH, OPEN } from './statements/growth.js';
import { GUARDS } from './statements/guards.js';
import { SERIES_FAULTS } from './statements/series-faults.js';
import type { Sentences } from './statements/sentences.js';
import { VERDICT } from './statements/verdict.js';

/** Everything the judgement can say, in words. A code without a sentence is a type error here. */
const SENTENCES: Sentences<FactsByCode> = {
  ...CHECKS,
  ...SERIES_FAULTS,
  ...GUARDS,
  ...GROWTH,
  ...OPEN,
  ...FINDINGS,
  ...ATTRIBUTION,
  ...VERDICT,
  ...ADVICE,
};

/** A statement in plain words. */
export function say({ code, facts }: Statement): string {
  const sentence = SENTENCES[code] as (facts: Statement['facts']) => string;
  return sentence(facts);
}
