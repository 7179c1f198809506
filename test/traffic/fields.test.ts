import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldGenerator } from '../../src/model/index.js';
import { createDraws, createFields } from '../../src/traffic/draws.js';
import { createField } from '../../src/traffic/fields.js';
import { permute } from '../../src/traffic/permutation.js';

const KINDS: readonly (readonly [string, FieldGenerator, number, RegExp])[] = [
  ['integer', { kind: 'integer', from: -3, to: 996 }, 1000, /^-?\d+$/],
  ['oneOf', { kind: 'oneOf', values: ['a', 'b', 'c'] }, 3, /^[abc]$/],
  ['word', { kind: 'word', cardinality: 70_000 }, 70_000, /^[a-z]+(-[a-z]+){0,2}$/],
  ['hex', { kind: 'hex', length: 4, cardinality: 65_536 }, 65_536, /^[0-9a-f]{4}$/],
  ['long hex', { kind: 'hex', length: 32, cardinality: 20_000 }, 20_000, /^[0-9a-f]{32}$/],
  ['ipv4', { kind: 'ipv4', cardinality: 20_000 }, 20_000, /^\d+\.\d+\.\d+\.\d+$/],
  ['userAgent', { kind: 'userAgent', cardinality: 20_000 }, 20_000, /^Mozilla\/5\.0 \(/],
  ['text', { kind: 'text', bytes: 40, cardinality: 20_000 }, 20_000, /^[a-z0-9 ]{40}$/],
  ['one-byte text', { kind: 'text', bytes: 1, cardinality: 36 }, 36, /^[a-z0-9]$/],
];

describe('createField', () => {
  test.each(KINDS)(
    '%s has exactly the stated number of values, of the stated form',
    (_, generator, cardinality, form) => {
      const field = createField('f', generator, 11);
      const values = new Set(Array.from({ length: cardinality }, (_, k) => field.value(k)));
      expect(field.cardinality).toBe(cardinality);
      expect(values.size).toBe(cardinality);
      for (const value of [...values].slice(0, 500)) expect(value).toMatch(form);
    },
  );

  test.each(KINDS)('%s depends on seed, field and k alone', (_, generator, cardinality) => {
    const k = cardinality - 1;
    expect(createField('f', generator, 11).value(k)).toBe(createField('f', generator, 11).value(k));
  });

  test.each<[string, FieldGenerator]>([
    ['hex', { kind: 'hex', length: 2, cardinality: 257 }],
    ['integer', { kind: 'integer', from: 2, to: 1 }],
    ['text', { kind: 'text', bytes: 1, cardinality: 37 }],
    ['text of no bytes', { kind: 'text', bytes: 0, cardinality: 1 }],
    ['oneOf', { kind: 'oneOf', values: [] }],
  ])('refuses a cardinality that %s cannot have', (_, generator) => {
    expect(() => createField('f', generator, 1)).toThrow(expect.objectContaining({ code: 'TRAFFIC_INVALID' }));
  });
});

describe('createDraws', () => {
  test('deals every value once before any comes again, in another order each time', () => {
    const draws = createDraws(createFields({ f: { kind: 'integer', from: 0, to: 99 } }, 5), 5);
    const deal = (): string[] => Array.from({ length: 100 }, () => draws.next(['f'])('f'));
    const [first, second] = [deal(), deal()];
    expect(new Set(first).size).toBe(100);
    expect(new Set(second).size).toBe(100);
    expect(first).not.toEqual(second);
  });
});

describe('permute', () => {
  test('is a bijection', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.integer(), (size, key) => {
        expect(new Set(Array.from({ length: size }, (_, i) => permute(i, size, key))).size).toBe(size);
      }),
    );
  });

  test('stays inside the largest space', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 - 1 }), fc.integer(), (index, key) => {
        expect([permute(index, 2 ** 52, key)].every((to) => to >= 0 && to < 2 ** 52)).toBe(true);
      }),
    );
  });
});
