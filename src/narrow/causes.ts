import { HUNT_PROPORTION_TOLERANCE } from '../statistics/method.js';
import { smallestSet, type Answer } from './smallest-set.js';

/**
 * What a mixture does, and what it keeps of each shape of request, in bytes beyond the baseline; null for what was not
 * decided.
 */
export interface Weighed {
  readonly answer: Answer;
  readonly bytes: readonly (number | null)[];
}

export interface CauseSearch {
  /** Names of all parts that differ. */
  readonly parts: readonly string[];
  /** These parts and those that must come from the baseline with them. */
  readonly withNeeded: (parts: readonly string[]) => ReadonlySet<string>;
  /** Weighs the mixture that has exactly these parts from the baseline. */
  readonly weigh: (parts: readonly string[]) => Promise<Weighed>;
  /** What the candidate itself keeps of each shape, in bytes beyond the baseline. */
  readonly whole: readonly number[];
  /** Mixtures that are weighed at most. */
  readonly most: number;
}

/** Parts that together make one cause. */
interface FoundCause {
  readonly parts: readonly string[];
  /** Parts that had to be exchanged with them. */
  readonly companions: readonly string[];
  /** Those of the companions whose exchange without the cause changes nothing. */
  readonly ruledOut: readonly string[];
  /** What stays if every other cause is exchanged, by shape, in bytes beyond the baseline. */
  readonly bytes: readonly (number | null)[];
}

export interface CausesFound {
  /**
   * `found`: a smallest set. `open`: mixtures with fewer of its parts were unresolved; perhaps not all are needed.
   * `too-many`: there may be a smaller one, but no more mixtures were allowed. `elsewhere`: the candidate keeps the
   * memory also with all parts of the baseline. `unresolved`: nothing is known about that.
   */
  readonly ended: 'found' | 'open' | 'too-many' | 'elsewhere' | 'unresolved';
  readonly causes: readonly FoundCause[];
}

/**
 * Finds the parts that make the candidate grow: a smallest set whose exchange stops the growth. Parts that were
 * exchanged only because others need them are left out, if they do not stop the growth alone. If each part of the set
 * brings growth of its own, and these add up to the whole, each is a cause.
 * @example await findCauses({ parts: ['a', 'b'], withNeeded: (set) => new Set(set), weigh, whole: [256], most: 100 })
 */
export async function findCauses(search: CauseSearch): Promise<CausesFound> {
  const { parts, withNeeded } = search;
  const counter = countedWeigh(search);
  const ask = async (some: readonly string[]): Promise<Answer> => (await counter.weigh(some)).answer;
  const { answer } = await counter.weigh(parts);
  if (answer !== 'stops') return { ended: answer === 'grows' ? 'elsewhere' : 'unresolved', causes: [] };
  let set = await smallestSet(parts, ask);
  for (;;) {
    const all = withNeeded(set);
    const others = separable(set, withNeeded);
    if (others.length === 0 || withNeeded(others).size >= all.size) break;
    if ((await ask(others)) !== 'stops') break;
    set = await smallestSet(others, ask);
  }
  const { causes, isOpen } = await causesIn(set, search, counter.weigh);
  return { ended: counter.isSpent() ? 'too-many' : isOpen ? 'open' : 'found', causes };
}

/**
 * The set as separate causes if their growth adds up to the whole. Otherwise as one cause. Parts without which the
 * others are unresolved are taken as one.
 */
async function causesIn(
  set: readonly string[],
  { withNeeded, whole }: CauseSearch,
  weigh: CauseSearch['weigh'],
): Promise<{ readonly causes: readonly FoundCause[]; readonly isOpen: boolean }> {
  const without = (parts: readonly string[]): readonly string[] => set.filter((part) => !parts.includes(part));
  const causeOf = async (parts: readonly string[], { bytes }: Pick<Weighed, 'bytes'>): Promise<FoundCause> => {
    const companions = [...withNeeded(parts)].filter((part) => !set.includes(part));
    const others = separable(parts, withNeeded).filter((part) => !set.includes(part));
    const alone = others.length === 0 ? null : await weigh(others);
    const changesNothing = alone !== null && whole.every((all, shape) => isNear(alone.bytes[shape], all));
    return { parts, companions, ruledOut: changesNothing ? others : [], bytes };
  };
  const together = await causeOf(set, { bytes: whole });
  if (set.length === 1) return { causes: [together], isOpen: false };
  const causes: FoundCause[] = [];
  const bound: string[] = [];
  for (const part of set) {
    const rest = await weigh(without([part]));
    if (rest.answer === 'unresolved') bound.push(part);
    else causes.push(await causeOf([part], rest));
  }
  const isOpen = bound.length > 0;
  if (bound.length === set.length) return { causes: [together], isOpen };
  if (isOpen) causes.push(await causeOf(bound, await weigh(without(bound))));
  const sumOf = (shape: number): number => causes.reduce((sum, { bytes }) => sum + (bytes[shape] ?? Number.NaN), 0);
  const addsUp = whole.every((all, shape) => isNear(sumOf(shape), all));
  return { causes: addsUp ? causes : [together], isOpen };
}

/** The parts that must be exchanged with these, but can be exchanged without them. */
function separable(parts: readonly string[], withNeeded: CauseSearch['withNeeded']): readonly string[] {
  const needsThem = (part: string): boolean => [...withNeeded([part])].some((other) => parts.includes(other));
  return [...withNeeded(parts)].filter((part) => !parts.includes(part) && !needsThem(part));
}

/** Whether bytes are those of the whole growth. What is not known is not. */
function isNear(bytes: number | null | undefined, all: number): boolean {
  return Math.abs((bytes ?? Number.NaN) - all) <= HUNT_PROPORTION_TOLERANCE * all;
}

/** Weighs each mixture once, and no more than `most`. Mixtures after that are unresolved. */
function countedWeigh({ withNeeded, weigh, most }: CauseSearch) {
  const known = new Map<string, Weighed>();
  let spent = false;
  return {
    isSpent: () => spent,
    weigh: async (parts: readonly string[]): Promise<Weighed> => {
      const mixture = [...withNeeded(parts)].sort();
      const key = JSON.stringify(mixture);
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= most) {
        spent = true;
        return { answer: 'unresolved', bytes: [] };
      }
      const weighed = await weigh(mixture);
      known.set(key, weighed);
      return weighed;
    },
  };
}
