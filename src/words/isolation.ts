import type { Change, ChangeFacts, Objection, Refusal, Stated, UnknownFacts } from '../model/index.js';
import { CHANGE_FIXES, CHANGES, UNKNOWNS } from './statements/changes.js';
import { OBJECTIONS } from './statements/objections.js';

/** A change with its words. */
export type WordedChange = Change & {
  /** What is changed. The place of the change comes before. */
  readonly what: string;
  /** What the author can do about it; absent if there is nothing to do. */
  readonly fix?: string;
};

/** A refusal with its words. */
export type WordedRefusal = Refusal & {
  /** Why it is refused. The place of the refusal comes before. */
  readonly what: string;
};

/** Something that is not known of an arm, with its sentence. */
export type WordedUnknown = Stated<UnknownFacts> & { readonly sentence: string };

/**
 * Why a part of a compose model is refused.
 * @example objectionWords({ code: 'all-rights', facts: {}, allow: 'privileges' })
 */
export function objectionWords({ code, facts }: Objection): string {
  return (OBJECTIONS[code] as (facts: Objection['facts']) => string)(facts);
}

/**
 * What is changed in an arm.
 * @example changeWords({ path: 'services.waf.ports', code: 'port-not-published', facts: { port: '80/tcp' } })
 */
export function changeWords({ code, facts }: Stated<ChangeFacts>): string {
  return (CHANGES[code] as (facts: Change['facts']) => string)(facts);
}

/** A change with its words beside its code and its facts. */
export function tellChange(change: Change): WordedChange {
  const fix = CHANGE_FIXES[change.code] as ((facts: Change['facts']) => string) | undefined;
  return { ...change, what: changeWords(change), ...(fix === undefined ? {} : { fix: fix(change.facts) }) };
}

/** A refusal with its words beside its code and its facts. */
export function tellRefusal(refusal: Refusal): WordedRefusal {
  return { ...refusal, what: objectionWords(refusal) };
}

/** What is not known of an arm, with its sentence. */
export function tellUnknown(unknown: Stated<UnknownFacts>): WordedUnknown {
  const words = UNKNOWNS[unknown.code] as (facts: WordedUnknown['facts']) => string;
  return { ...unknown, sentence: words(unknown.facts) };
}
