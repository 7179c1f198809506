import type { FieldGenerator } from '../model/index.js';
import { createField, type Field } from './fields.js';
import { permute } from './permutation.js';
import { keyOf } from './random.js';
import type { Draw } from './template.js';
import { createZipf } from './zipf.js';

/** Draws the values of one request after the other. */
export interface Draws {
  /** The values for the next request with these fields: one per field, however often the request names it. */
  next(fields: readonly string[]): Draw;
}

/** A field, and if few of its values are used most of the time, the rank of the value for use number `n`. */
interface UsedField extends Field {
  readonly rank?: (n: number, key: number) => number;
}
export type Fields = ReadonlyMap<string, UsedField>;

export function createFields(generators: Readonly<Record<string, FieldGenerator>>, seed: number): Fields {
  return new Map(Object.entries(generators).map(([name, generator]) => [name, usedField(name, generator, seed)]));
}

function usedField(name: string, generator: FieldGenerator, seed: number): UsedField {
  const field = createField(name, generator, seed);
  return generator.zipf === undefined ? field : { ...field, rank: createZipf(field.cardinality, generator.zipf, name) };
}

/** The values of each field in the templates of the mix, in order of use. */
export function createDraws(fields: Fields, seed: number): Draws {
  const decks = new Map([...fields].map(([name, field]) => [name, { deal: createDeck(name, field, seed), dealt: 0 }]));
  return {
    next(names) {
      const values = new Map<string, string>();
      for (const name of names) {
        const deck = decks.get(name) as { deal: Deck; dealt: number };
        values.set(name, deck.deal(deck.dealt++));
      }
      return (name) => values.get(name) as string;
    },
  };
}

/** Value number n of a field: the same n gives the same value. */
export type Deck = (n: number) => string;

/**
 * A field gives its values like a shuffled deck of cards: every value once in a seeded order, then all of them again in
 * another order. So after `cardinality` uses, each value was sent exactly once, and no key was repeated before that.
 * With `zipf`, each use is drawn separately instead, and few values are used most of the time. `scope` distinguishes
 * several decks of one field.
 */
export function createDeck(name: string, field: UsedField, seed: number, scope: readonly string[] = []): Deck {
  const { rank, cardinality } = field;
  if (rank !== undefined) {
    const [order, draws] = [keyOf(seed, 'zipf', name), keyOf(seed, 'zipf draws', ...scope, name)];
    return (n) => field.value(permute(rank(n, draws), cardinality, order));
  }
  let [cycle, key] = [-1, 0];
  return (n) => {
    const round = Math.floor(n / cardinality);
    if (round !== cycle) [cycle, key] = [round, keyOf(seed, 'deck', ...scope, name, round)];
    return field.value(permute(n % cardinality, cardinality, key));
  };
}
