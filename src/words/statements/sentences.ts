/** One sentence, or a few, for each code: a missing one is a type error. */
export type Sentences<FactsByCode> = { readonly [Code in keyof FactsByCode]: (facts: FactsByCode[Code]) => string };
