import * as z from 'zod';
import type { Stated } from '../../model/index.js';

/** A code with its own facts: the pairs that `Stated` has. */
export function statedAs<FactsByCode extends object>(schemas: {
  readonly [C in keyof FactsByCode]: z.ZodType<FactsByCode[C]>;
}): z.ZodType<Stated<FactsByCode>> {
  const pairs = Object.entries(schemas).map(([code, facts]) =>
    z.strictObject({ code: z.literal(code), facts: facts as z.ZodType }),
  );
  return z.union(pairs) as unknown as z.ZodType<Stated<FactsByCode>>;
}
