import { permute } from '../permutation.js';
import { keyOf } from '../random.js';

/** Which user of a journey is next, and what this user does. */
export interface Turn {
  readonly user: number;
  /** Number of the user's visit, from 0. */
  readonly visit: number;
  readonly step: number;
}

/**
 * Turn number `n` of a journey, for n from 0. In each round every user has one turn, in a seeded order. Users are at
 * different steps, so every round has each step about equally often. For this, some first visits begin late, after 1,
 * 2, 3… steps; from the second visit on, every visit is complete.
 * @example turnOf(0, { users: 1, steps: 3, key: 1 }) // { user: 0, visit: 0, step: 0 }
 */
export function turnOf(
  n: number,
  { users, steps, key }: { readonly users: number; readonly steps: number; readonly key: number },
): Turn {
  const round = Math.floor(n / users);
  const user = permute(n % users, users, keyOf(key, round));
  const ahead = user % steps;
  const first = steps - ahead;
  if (round < first) return { user, visit: 0, step: round };
  return { user, visit: 1 + Math.floor((round - first) / steps), step: (round - first) % steps };
}
