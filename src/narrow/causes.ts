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
  /** Parts that had to be exchanged with them. Alone they do not stop the growth. */
  readonly companions: readonly string[];
  /** What stays if every other cause is exchanged, by shape, in bytes beyond the baseline. */
  readonly bytes: readonly (number | null)[];
}

export interface CausesFound {
  /**
   * `found`: a smallest set. `open`: mixtures with less of it were unresolved, so not all of it may be needed.
   * `too-many`: there may be a smaller one, but the most mixtures were weighed. `elsewhere`: the candidate keeps the
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
    const companions = [...all].filter((part) => !set.includes(part));
    if (companions.length === 0 || withNeeded(companions).size >= all.size) break;
    if ((await ask(companions)) !== 'stops') break;
    set = await smallestSet(companions, ask);
  }
  const { causes, isOpen } = await causesIn(set, search, counter.weigh);
  return { ended: counter.isSpent() ? 'too-many' : isOpen ? 'open' : 'found', causes };
}

/** The set as separate causes if their growth adds up to the whole. Otherwise as one cause. */
async function causesIn(
  set: readonly string[],
  { withNeeded, whole }: CauseSearch,
  weigh: CauseSearch['weigh'],
): Promise<{ readonly causes: readonly FoundCause[]; readonly isOpen: boolean }> {
  const companionsOf = (parts: readonly string[]): readonly string[] =>
    [...withNeeded(parts)].filter((part) => !set.includes(part));
  const together: FoundCause = { parts: set, companions: companionsOf(set), bytes: whole };
  if (set.length === 1) return { causes: [together], isOpen: false };
  const causes: FoundCause[] = [];
  let isOpen = false;
  for (const part of set) {
    const { answer, bytes } = await weigh(set.filter((other) => other !== part));
    isOpen ||= answer === 'unresolved';
    causes.push({ parts: [part], companions: companionsOf([part]), bytes });
  }
  const addsUp = whole.every((all, shape) => {
    const sum = causes.reduce((of, { bytes }) => of + (bytes[shape] ?? Number.NaN), 0);
    return Math.abs(sum - all) <= HUNT_PROPORTION_TOLERANCE * all;
  });
  return { causes: addsUp ? causes : [together], isOpen };
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
