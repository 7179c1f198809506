/**
 * What a mixture of the two images does. `stops`: it does not keep the memory. `grows`: it keeps it. `unresolved`: it
 * does not start, does not answer, or could not be decided.
 */
export type Answer = 'stops' | 'grows' | 'unresolved';

/** Says what the mixture does that has these parts from the baseline, and all others from the candidate. */
export type Ask<Part> = (parts: readonly Part[]) => Promise<Answer>;

/**
 * A smallest set of parts that still stops the growth when they come from the baseline: if any single part is left out
 * of it, the growth is there again, or the mixture is unresolved. Source: A. Zeller, R. Hildebrandt, Simplifying and
 * Isolating Failure-Inducing Input, IEEE Transactions on Software Engineering 28(2), 2002, section 3.2 (ddmin).
 *
 * It ends after at most n² + 3n questions for n parts, whatever the answers are.
 * @param all parts that together stop the growth
 * @param ask see `Ask`; never called with all parts or none
 * @example await smallestSet(['a', 'b', 'c', 'd'], async (parts) => (parts.includes('c') ? 'stops' : 'grows')) // ['c']
 */
export async function smallestSet<Part>(all: readonly Part[], ask: Ask<Part>): Promise<readonly Part[]> {
  let set = all;
  for (let pieces = 2; set.length > 1;) {
    const smaller = await firstThatStops(set, pieces, ask);
    if (smaller !== null) {
      pieces = smaller.isPiece ? 2 : Math.max(2, pieces - 1);
      set = smaller.parts;
    } else if (pieces < set.length) pieces = Math.min(set.length, 2 * pieces);
    else break;
  }
  return set;
}

interface Smaller<Part> {
  readonly parts: readonly Part[];
  /** Whether it is one of the pieces. Otherwise it is everything but one piece. */
  readonly isPiece: boolean;
}

async function firstThatStops<Part>(
  set: readonly Part[],
  pieces: number,
  ask: Ask<Part>,
): Promise<Smaller<Part> | null> {
  const cut = cutInto(set, pieces);
  for (const parts of cut) if ((await ask(parts)) === 'stops') return { parts, isPiece: true };
  // With two pieces, everything but one is the other one.
  if (pieces === 2) return null;
  for (const piece of cut) {
    const parts = set.filter((part) => !piece.includes(part));
    if ((await ask(parts)) === 'stops') return { parts, isPiece: false };
  }
  return null;
}

/** Pieces of about equal length, in their order; none is empty. */
function cutInto<Part>(set: readonly Part[], pieces: number): readonly (readonly Part[])[] {
  return Array.from({ length: pieces }, (_, i) =>
    set.slice(Math.floor((i * set.length) / pieces), Math.floor(((i + 1) * set.length) / pieces)),
  );
}
