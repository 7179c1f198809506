/** One or a few sentences for each code. A missing code is a type error. */
export type Sentences<FactsByCode> = { readonly [Code in keyof FactsByCode]: (facts: FactsByCode[Code]) => string };
