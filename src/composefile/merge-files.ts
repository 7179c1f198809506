/** A compose file, or a part of one. */
export type ComposeFile = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is ComposeFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Several files as one: maps are merged, lists are joined, anything else is replaced, as Compose does it. */
export function mergeFiles(files: readonly ComposeFile[]): ComposeFile {
  return files.reduce<ComposeFile>((merged, file) => merge(merged, file) as ComposeFile, {});
}

function merge(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return [...(before as unknown[]), ...(after as unknown[])];
  if (!isMap(before) || !isMap(after)) return after;
  const own = Object.entries(after).map(([key, value]) => [
    key,
    Object.hasOwn(before, key) ? merge(before[key], value) : value,
  ]);
  return Object.fromEntries([...Object.entries(before), ...own]) as ComposeFile;
}
