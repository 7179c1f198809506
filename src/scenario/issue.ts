import type * as z from 'zod';
import { SlopegateError } from '../model/index.js';
import { nearest } from '../words/nearest.js';
import { scenarioJsonSchema } from './schema.js';
import type { YamlSource } from './source.js';

type Issue = z.core.$ZodIssue;

/**
 * The telling problem as an error with its place in the file, what was expected, and the nearest valid key where one
 * was mistyped; how many more there are is said too.
 */
export function locateIssue(given: readonly Issue[], source: YamlSource): SlopegateError {
  const issues = given.flatMap(within);
  // A mistyped key is the cause of the "missing" that comes with it.
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!first) return new SlopegateError('SCENARIO_INVALID', 'the scenario is not valid');
  const { path, message, key, hint } = describe(first);
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const where = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
  return new SlopegateError('SCENARIO_INVALID', `${where}${message}${more}`, {
    location: source.locate(path, key),
    ...(hint === null ? {} : { hint }),
  });
}

/** Of a choice, the problems of the one form that was meant, where only one has the shape of the input. */
function within(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.filter((problems) =>
    problems.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const [only] = meant;
  return only === undefined || meant.length > 1
    ? [issue]
    : only.flatMap((problem) => within({ ...problem, path: [...issue.path, ...problem.path] }));
}

function describe(issue: Issue): { path: readonly PropertyKey[]; message: string; key?: string; hint: string | null } {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = keysAt(issue.path);
    const meant = nearest(key, known);
    const hint = meant ? `did you mean "${meant}"?` : known.length > 0 ? `known keys here: ${known.join(', ')}` : null;
    return { path: issue.path, message: `unknown key "${key}"`, key, hint };
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('received undefined')) {
    return {
      path: issue.path,
      message: `is missing (expected ${issue.expected})`,
      hint: 'see "slopegate validate --schema" for every key',
    };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return { path: issue.path, message: `expected one of: ${values.join(', ')}`, hint: null };
  }
  return { path: issue.path, message: issue.message, hint: null };
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly additionalProperties?: SchemaNode | boolean;
}

/** Keys the format allows at a path, read from the JSON Schema so that they are stated once. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let node: SchemaNode | undefined = scenarioJsonSchema();
  for (const step of path) {
    node = node?.anyOf?.find((form) => 'properties' in form || 'items' in form) ?? node;
    const open: SchemaNode | boolean | undefined = node?.additionalProperties;
    node =
      typeof step === 'number'
        ? node?.items
        : (node?.properties?.[String(step)] ?? (typeof open === 'object' ? open : undefined));
  }
  const forms = [node, ...(node?.anyOf ?? [])];
  return forms.flatMap((form) => Object.keys(form?.properties ?? {}));
}
