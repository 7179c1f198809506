/**
 * Every value with its path: `environment.TAG` → `1.5`. Mounts are named by their target, because their order means
 * nothing. Other lists are compared as a whole. Empty maps and nulls count as absent.
 */
export function leavesOf(value: object): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (path: readonly string[], at: unknown): void => {
    if (at === null || at === undefined) return;
    if (Array.isArray(at)) {
      const keyed = at.every((item) => isMount(item));
      if (!keyed) found.set(path.join('.'), at);
      else for (const mount of at) visit([...path, mount.target], { ...mount, target: undefined });
      return;
    }
    if (typeof at !== 'object') {
      found.set(path.join('.'), at);
      return;
    }
    for (const [key, item] of Object.entries(at)) if (!key.startsWith('x-')) visit([...path, key], item);
  };
  visit([], value);
  return found;
}

function isMount(item: unknown): item is { readonly target: string } {
  return typeof item === 'object' && item !== null && typeof (item as { target?: unknown }).target === 'string';
}
