import type { FactsByCode, Statement } from '../results/statement/index.js';
import type { Note } from '../model/index.js';
import { ADVICE } from './statements/advice.js';
import { ATTRIBUTION } from './statements/attribution.js';
import { CHECKS } from './statements/checks.js';
import { FAILURES, RAMP_OBJECTIONS } from './statements/failures.js';
import { FINDINGS } from './statements/findings.js';
import { GROWTH, OPEN } from './statements/growth.js';
import { GUARDS } from './statements/guards.js';
import { NOTES } from './statements/notes.js';
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
  ...NOTES,
  ...FAILURES,
  ...RAMP_OBJECTIONS,
};

/**
 * A statement in plain words.
 * @example say({ code: 'judged-once', facts: {} })
 */
export function say({ code, facts }: Statement): string {
  const sentence = SENTENCES[code] as (facts: Statement['facts']) => string;
  return sentence(facts);
}

/** A note in plain words, after the name of the trial that it is about. */
export function sayNote(note: Note): string {
  return note.trial === undefined ? say(note) : `${note.trial}: ${say(note)}`;
}
