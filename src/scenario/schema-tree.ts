import { scenarioJsonSchema } from '../schema/index.js';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly description?: string;
  readonly examples?: readonly (string | number)[];
}

/** What the format says about a path, read from the JSON Schema so that it is stated only once. */
function nodeAt(path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = scenarioJsonSchema();
  for (const step of path) {
    node = node?.anyOf?.find((form) => 'properties' in form || 'items' in form) ?? node;
    const open: SchemaNode | boolean | undefined = node?.additionalProperties;
    node =
      typeof step === 'number'
        ? node?.items
        : (node?.properties?.[String(step)] ?? (typeof open === 'object' ? open : undefined));
  }
  return node;
}

/** Keys that the format allows at a path. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  const node = nodeAt(path);
  return [node, ...(node?.anyOf ?? [])].flatMap((form) => Object.keys(form?.properties ?? {}));
}

/** An example for a path: `margin: 32 B/request`; null if the format has none. */
export function exampleAt(path: readonly PropertyKey[]): string | null {
  const example = nodeAt(path)?.examples?.[0];
  if (example === undefined) return null;
  const key = path.at(-1);
  return typeof key === 'string' ? `${key}: ${example}` : String(example);
}
