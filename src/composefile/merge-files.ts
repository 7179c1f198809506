/** A compose file, or a part of one. */
export type ComposeFile = Readonly<Record<string, unknown>>;

/** Tags that say how a value of a compose file is combined with those of the files before it. */
export const MERGE_TAGS = ['!reset', '!override'] as const;

/** A compose file with the tags of its values. */
export interface TaggedFile {
  readonly value: ComposeFile;
  readonly tag: (path: readonly PropertyKey[]) => string | null;
}

const isMap = (value: unknown): value is ComposeFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A command is one thing, although it may be a list. */
const isOneThing = ([, , key, part]: readonly PropertyKey[]): boolean =>
  (part === undefined && (key === 'command' || key === 'entrypoint')) || (key === 'healthcheck' && part === 'test');

/** Of mounts with the same target, the last counts. */
function joined(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const all = [...before, ...after];
  const byTarget = new Map(all.map((item) => [isMap(item) ? (item['target'] ?? item) : item, item]));
  return all.every((item) => isMap(item)) ? [...byTarget.values()] : all;
}

/**
 * Several files as one, as Compose does it: maps are merged, lists are joined. Commands and anything else are replaced.
 * `!reset` removes the value, `!override` replaces it as a whole.
 */
export function mergeFiles(files: readonly TaggedFile[]): ComposeFile {
  return files.reduce<ComposeFile>((merged, { value, tag }) => merge(merged, value, tag, []) as ComposeFile, {});
}

function merge(before: unknown, after: unknown, tag: TaggedFile['tag'], path: readonly PropertyKey[]): unknown {
  if (Array.isArray(before) && Array.isArray(after) && !isOneThing(path)) return joined(before, after);
  if (!isMap(after)) return after;
  const merged = new Map(Object.entries(isMap(before) ? before : {}));
  for (const [key, value] of Object.entries(after)) {
    const own = [...path, key];
    const said = tag(own);
    if (said === '!reset') merged.delete(key);
    else merged.set(key, merge(said === '!override' ? undefined : merged.get(key), value, tag, own));
  }
  return Object.fromEntries(merged);
}
