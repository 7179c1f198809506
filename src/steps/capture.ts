import type { Captures } from '../model/index.js';

/** What a step got: an answer, or the output of a command. */
export interface Output {
  readonly text: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Takes the values out of an output; the first that is not there is an error that says which. */
export function captureAll(captures: Captures, output: Output): ReadonlyMap<string, string> {
  return new Map(Object.entries(captures).map(([name, where]) => [name, captureOne(name, where, output)]));
}

function captureOne(name: string, where: string, { text, headers }: Output): string {
  const value = where.startsWith('$')
    ? atPath(parsed(text), where)
    : where.startsWith('header:')
      ? headers[where.slice(7).toLowerCase()]
      : matched(text, where);
  const single = Array.isArray(value) && typeof value[0] === 'string' && where.startsWith('header:') ? value[0] : value;
  if (typeof single === 'string' && single !== '') return single;
  if (typeof single === 'number' || typeof single === 'boolean') return String(single);
  throw new Error(`"${name}" was to be captured from ${where}, and is not there`);
}

function matched(text: string, pattern: string): string | undefined {
  const match = new RegExp(pattern, 'm').exec(text);
  return match?.[1] ?? match?.[0];
}

/** `$.data.sites[0].id`, `$['odd name']`: the member and index steps of JSONPath, which is all that an answer needs. */
function atPath(value: unknown, path: string): unknown {
  const steps = [...path.slice(1).matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]/g)];
  if (steps.map(([step]) => step).join('') !== path.slice(1))
    throw new Error(`${path} is not a path such as $.data.items[0].id`);
  return steps.reduce<unknown>((node, [, member, index, quoted]) => {
    if (typeof node !== 'object' || node === null) return undefined;
    const key = member ?? index ?? quoted ?? '';
    return Object.hasOwn(node, key) ? (node as Readonly<Record<string, unknown>>)[key] : undefined;
  }, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the answer is not JSON');
  }
}
