import ts from 'typescript';

/**
 * A JSON Schema of an exported type. Types with a name become `$defs`. Comments become descriptions. Objects may have
 * more properties than the schema says, because within one schema properties are added.
 * @param {string} file the module that exports the type
 * @param {string} name the type
 */
export function schemaOfType(file, name) {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const found = checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
  const definitions = new Map();
  const schema = writer(checker, definitions).ofType(checker.getDeclaredTypeOfSymbol(found), true);
  return { ...schema, $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function writer(checker, definitions) {
  const known = new Map();

  /** The schema of a type; `inPlace` for the document itself, which is not a definition. */
  function ofType(type, inPlace = false) {
    const name = inPlace ? null : nameOf(type);
    if (name === null) return structure(type);
    if (!known.has(type)) {
      // Set before its content is known: a type may contain itself.
      const free = definitions.has(name) ? `${name}${definitions.size}` : name;
      known.set(type, free);
      definitions.set(free, {});
      definitions.set(free, { ...described(type.aliasSymbol ?? type.symbol), ...structure(type) });
    }
    return { $ref: `#/$defs/${known.get(type)}` };
  }

  /** The name under which a type is a definition; null for plain values, lists and generic types. */
  function nameOf(type) {
    if (type.aliasSymbol !== undefined) return type.aliasTypeArguments === undefined ? type.aliasSymbol.name : null;
    const isInterface = type.isClassOrInterface?.() && checker.getTypeArguments(type).length === 0;
    return isInterface ? type.symbol.name : null;
  }

  function structure(type) {
    if (type.isUnion()) return ofUnion(type.types);
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type).map((item) => ofType(item));
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (checker.isArrayType(type)) return { type: 'array', items: ofType(checker.getTypeArguments(type)[0]) };
    if (type.flags & ts.TypeFlags.Never) return { not: {} };
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.NonPrimitive))
      return ofObject(type);
    throw new Error(`No JSON Schema for the type ${checker.typeToString(type)}.`);
  }

  function ofUnion(types) {
    const present = types.filter((type) => !(type.flags & ts.TypeFlags.Undefined));
    const literals = present.filter((type) => type.isStringLiteral() || type.isNumberLiteral());
    const booleans = present.filter((type) => type.flags & ts.TypeFlags.BooleanLiteral);
    const others = present.filter((type) => !literals.includes(type) && !booleans.includes(type));
    const schemas = [
      ...(literals.length === 0 ? [] : [{ enum: literals.map(({ value }) => value) }]),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map((type) => structure(type))),
      ...others.map((type) => ofType(type)),
    ];
    const unlike = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
    return unlike.length === 1 ? unlike[0] : { anyOf: unlike };
  }

  function ofObject(type) {
    const properties = checker.getPropertiesOfType(type);
    const index = checker.getIndexInfosOfType(type)[0];
    const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      ...(properties.length === 0
        ? {}
        : { properties: Object.fromEntries(properties.map((one) => [one.name, ofProperty(one)])) }),
      ...(required.length === 0 ? {} : { required }),
      ...(index === undefined ? {} : { additionalProperties: ofType(index.type) }),
    };
  }

  function ofProperty(symbol) {
    return { ...described(symbol), ...ofType(checker.getTypeOfSymbol(symbol)) };
  }

  function described(symbol) {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    return text === '' ? {} : { description: text };
  }

  return { ofType };
}
