import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The same schema, in which an object may have no other properties than those it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in inner && inner['type'] === 'object' ? { additionalProperties: false, ...inner } : inner;
}

/** The text of a published schema. */
export const published = (name: string): string => readFileSync(`schemas/${name}.schema.json`, 'utf8');

/** What a JSON document has that its published schema does not allow; empty if it is valid. */
export function faultsOf(name: string, document: string): readonly unknown[] {
  const schema = z.fromJSONSchema(closed(JSON.parse(published(name))) as z.core.JSONSchema.JSONSchema);
  return schema.safeParse(JSON.parse(document)).error?.issues ?? [];
}
