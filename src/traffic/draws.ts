import type { FieldGenerator } from '../model/index.js';
import { createField, type Field } from './fields.js';
import { permute } from './permutation.js';
import { keyOf } from './random.js';
import type { Draw } from './template.js';

/** Draws the values of one request after the other. */
export interface Draws {
  /** The values of the next request that uses these fields; one per field, however often the request names it. */
  next(fields: readonly string[]): Draw;
}

export type Fields = ReadonlyMap<string, Field>;

export function createFields(generators: Readonly<Record<string, FieldGenerator>>, seed: number): Fields {
  return new Map(Object.entries(generators).map(([name, generator]) => [name, createField(name, generator, seed)]));
}

/**
 * Each field deals its values like a deck: every value once in a seeded order, then all of them again in another order.
 * So after `cardinality` uses each value was sent exactly once, and no two uses in between repeat a key.
 */
export function createDraws(fields: Fields, seed: number): Draws {
  const decks = new Map([...fields].map(([name, field]) => [name, createDeck(name, field, seed)]));
  return {
    next(fields) {
      const values = new Map<string, string>();
      for (const field of fields) values.set(field, (decks.get(field) as Deck)());
      return (field) => values.get(field) as string;
    },
  };
}

type Deck = () => string;

function createDeck(name: string, field: Field, seed: number): Deck {
  let cycle = 0;
  let dealt = 0;
  let key = keyOf(seed, 'deck', name, cycle);
  return () => {
    if (dealt === field.cardinality) {
      dealt = 0;
      cycle++;
      key = keyOf(seed, 'deck', name, cycle);
    }
    return field.value(permute(dealt++, field.cardinality, key));
  };
}
