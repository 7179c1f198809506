import { describe, expect, test } from 'vitest';
import { createDeck, createFields, type Deck } from '../../src/traffic/draws.js';
import { createField } from '../../src/traffic/fields.js';
import { createZipf } from '../../src/traffic/zipf.js';

describe('createZipf', () => {
  test.each([0.25, 0.5, 1, 1.25, 2, 4])('draws rank k as often as 1 / k^%s says', (exponent) => {
    const [draws, values] = [40_000, 20];
    const rank = createZipf(values, exponent, 'key');
    const counts = Array.from({ length: values }, () => 0);
    for (let n = 0; n < draws; n++) counts[rank(n, 7)] = (counts[rank(n, 7)] ?? 0) + 1;
    const total = Array.from({ length: values }, (_, i) => (i + 1) ** -exponent).reduce((sum, one) => sum + one, 0);
    for (const [i, count] of counts.entries()) {
      const share = (i + 1) ** -exponent / total;
      expect(Math.abs(count - draws * share)).toBeLessThan(5 * Math.sqrt(draws * share * (1 - share)) + 1);
    }
  });

  test('refuses other exponents, and more values than fit into memory', () => {
    for (const exponent of [0, -1, 0.3, 4.25, Number.NaN]) expect(() => createZipf(5, exponent, 'a')).toThrow('"a"');
    expect(() => createZipf(1_000_001, 1, 'a')).toThrow('too many for Zipf');
  });
});

test('a field with zipf deals few values most often, the same ones each time', () => {
  const deckOf = (): Deck => {
    const fields = createFields({ id: { kind: 'integer', from: 1, to: 1000, zipf: 1 } }, 3);
    return createDeck('id', fields.get('id') as NonNullable<ReturnType<typeof fields.get>>, 3);
  };
  const deck = deckOf();
  const values = Array.from({ length: 5000 }, (_, n) => deck(n));
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most = 0, second = 0] = [...counts.values()].sort((a, b) => b - a);
  expect(most / 5000).toBeCloseTo(1 / 7.485, 1);
  expect(second / most).toBeCloseTo(0.5, 0);
  expect(deckOf()(4321)).toBe(values[4321]);
});

test('uuid: so many different ones of version 4', () => {
  const field = createField('u', { kind: 'uuid', cardinality: 2000 }, 5);
  const values = Array.from({ length: 2000 }, (_, k) => field.value(k));
  expect(new Set(values).size).toBe(2000);
  for (const value of values)
    expect(value).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
