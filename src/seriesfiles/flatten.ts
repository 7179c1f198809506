/** No tool writes JSON that is deeper than this. */
const DEEPEST = 8;

/** The numbers and texts of a JSON object with their names: `{"memory":{"rss":1}}` → `memory_rss`. */
export function flatten(value: object, into = new Map<string, string>(), path = '', depth = 0): Map<string, string> {
  for (const [key, inner] of Object.entries(value)) {
    const name = path === '' ? key : `${path}_${key}`;
    if (typeof inner === 'number' || typeof inner === 'string') into.set(name, String(inner));
    else if (typeof inner === 'boolean' || inner === null) into.set(name, '');
    else if (!Array.isArray(inner) && typeof inner === 'object' && depth < DEEPEST)
      flatten(inner as object, into, name, depth + 1);
  }
  return into;
}
