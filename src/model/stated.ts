/** One of several statements: a stable code with its numbers and names. */
export type Stated<FactsByCode> = {
  readonly [Code in keyof FactsByCode]: { readonly code: Code; readonly facts: FactsByCode[Code] };
}[keyof FactsByCode];

/** A statement without numbers. */
export type NoFacts = Readonly<Record<string, never>>;
