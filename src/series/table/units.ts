/** Bytes in each unit. Tools that write kB or MB for memory mean 1,024 and 1,048,576, like KiB and MiB. */
const FACTORS: ReadonlyMap<string, number> = new Map(
  [
    [['b', 'byte', 'bytes'], 1],
    [['k', 'kb', 'ki', 'kib', 'kbyte', 'kbytes', 'kibibytes', 'kilobytes'], 1024],
    [['m', 'mb', 'mi', 'mib', 'mbyte', 'mbytes', 'mebibytes', 'megabytes'], 1024 ** 2],
    [['g', 'gb', 'gi', 'gib', 'gbyte', 'gbytes', 'gibibytes', 'gigabytes'], 1024 ** 3],
    [['t', 'tb', 'ti', 'tib'], 1024 ** 4],
    [['pages'], 4096],
  ].flatMap(([names, factor]) => (names as string[]).map((name) => [name, factor as number])),
);

/** Bytes in one of this unit; null if it is not a unit of memory. */
export function bytesIn(unit: string): number | null {
  return FACTORS.get(unit.toLowerCase()) ?? null;
}

/** A name without the unit of memory at its end, and that unit. */
export interface NamedUnit {
  readonly base: string;
  /** As it is written in the name; null if there is none. */
  readonly unit: string | null;
}

const IN_BRACKETS = /^(.*?)[\s_.-]*[([{]\s*(?:in\s+)?([A-Za-z]+)\s*[)\]}]\s*$/;
const AFTER_A_GAP = /^(.*?)[\s_.-]+(?:in[\s_.-]+)?([A-Za-z]{2,})$/;
const CAMEL = /^(.*[a-z0-9])(KB|KiB|Kb|MB|MiB|Mb|GB|GiB|Gb|Bytes)$/;
const GLUED = /^((?:.*[^a-z])?(?:rss|mem|memory|uss|pss|vsz))(kb|kib|mb|mib|gb|gib|bytes)$/i;

/** `RSS(KB)`, `rss [KiB]`, `rss_kb`, `Memory in MB`, `rssMB` → the name and its unit. */
export function namedUnit(name: string): NamedUnit {
  for (const pattern of [IN_BRACKETS, AFTER_A_GAP, CAMEL, GLUED]) {
    const [, base = '', unit = ''] = pattern.exec(name.trim()) ?? [];
    if (base !== '' && bytesIn(unit) !== null) return { base, unit };
  }
  return { base: name.trim(), unit: null };
}
