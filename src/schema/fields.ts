import * as z from 'zod';
import type { FieldGenerator } from '../model/index.js';
import { bytes } from './units.js';

/** Longer bodies would need too much memory, because there are many of them. */
const LONGEST_TEXT = 16 * 2 ** 20;

const cardinality = z
  .int()
  .min(1)
  .max(10_000_000)
  .meta({ description: 'How many different values there are.', example: 1000 });

const zipf = z
  .number()
  .refine((exponent) => exponent > 0 && exponent <= 4 && Number.isInteger(exponent * 4), {
    error: 'expected an exponent from 0.25 to 4 in steps of 0.25; 1 is usual',
  })
  .optional()
  .meta({ description: 'Few values have most of the uses, by Zipf’s law with this exponent; all alike without it.' });

type Zipf = { readonly zipf?: number | undefined };

/** The generator with its exponent, if there is one. */
const used = <T extends object>({ zipf: exponent }: Zipf, generator: T) => ({
  ...generator,
  ...(exponent === undefined ? {} : { zipf: exponent }),
});

/** A named source of varying values. Each form says how many different values it has. */
export const fieldSchema = z.union(
  [
    z
      .strictObject({
        integer: z
          .tuple([z.int(), z.int()])
          .meta({ description: 'Whole numbers from the first to the second.', example: '[1, 5000]' }),
        zipf,
      })
      .refine(({ integer: [from, to] }) => from <= to, 'the first number must not be above the second')
      .transform(({ integer: [from, to], ...rest }): FieldGenerator => used(rest, { kind: 'integer', from, to })),
    z
      .strictObject({ oneOf: z.array(z.string()).min(1).meta({ description: 'One of these texts.' }), zipf })
      .transform(({ oneOf, ...rest }): FieldGenerator => used(rest, { kind: 'oneOf', values: oneOf })),
    z
      .strictObject({ word: cardinality, zipf })
      .transform(({ word, ...rest }): FieldGenerator => used(rest, { kind: 'word', cardinality: word })),
    z
      .strictObject({ ipv4: cardinality, zipf })
      .transform(({ ipv4, ...rest }): FieldGenerator => used(rest, { kind: 'ipv4', cardinality: ipv4 })),
    z
      .strictObject({ userAgent: cardinality, zipf })
      .transform(({ userAgent, ...rest }): FieldGenerator => used(rest, { kind: 'userAgent', cardinality: userAgent })),
    z
      .strictObject({ uuid: cardinality, zipf })
      .transform(({ uuid, ...rest }): FieldGenerator => used(rest, { kind: 'uuid', cardinality: uuid })),
    z
      .strictObject({
        hex: z.int().min(1).max(128).meta({ description: 'Hexadecimal texts with this number of digits.' }),
        cardinality,
        zipf,
      })
      .transform(({ hex, cardinality: many, ...rest }): FieldGenerator =>
        used(rest, { kind: 'hex', length: hex, cardinality: many }),
      ),
    z
      .strictObject({
        text: bytes().refine((size) => size >= 1 && size <= LONGEST_TEXT, 'a text has 1 B to 16 MiB'),
        cardinality,
        zipf,
      })
      .transform(({ text, cardinality: many, ...rest }): FieldGenerator =>
        used(rest, { kind: 'text', bytes: text, cardinality: many }),
      ),
  ],
  'expected one of: {integer: [from, to]}, {oneOf: […]}, {word: N}, {ipv4: N}, {userAgent: N}, {uuid: N}, ' +
    '{hex: LENGTH, cardinality: N}, {text: 2KiB, cardinality: N}; each may have a zipf',
);
