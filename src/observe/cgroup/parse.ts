/** `key value` lines, as in memory.stat, memory.events and memory.oom_control. */
export function parseKeyValues(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) values.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return values;
}

/** A file with one number; undefined for a missing file, `max` or anything else. */
export function parseNumber(text: string | null): number | undefined {
  const value = text === null ? Number.NaN : Number.parseInt(text, 10);
  return Number.isFinite(value) ? value : undefined;
}

/** Process or thread ids, one per line. */
export function parseIds(text: string): number[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]));
}

export interface CgroupLine {
  /** Controllers of a version 1 hierarchy; empty for version 2. */
  readonly controllers: readonly string[];
  /** Path within the hierarchy, as it is visible from the reader's cgroup namespace. */
  readonly path: string;
}

/** /proc/PID/cgroup: `4:memory:/docker/…` (version 1) and `0::/docker/…` (version 2), see cgroups(7). */
export function parseProcCgroup(text: string): readonly CgroupLine[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    return match === null ? [] : [{ controllers: (match[1] ?? '').split(',').filter(Boolean), path: match[2] ?? '/' }];
  });
}

export interface CgroupMount {
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
  /** The part of the hierarchy that is mounted. */
  readonly root: string;
  readonly mountPoint: string;
}

/** The cgroup file systems among /proc/self/mountinfo, see proc_pid_mountinfo(5). */
export function parseMountinfo(text: string): readonly CgroupMount[] {
  return text.split('\n').flatMap((line): CgroupMount[] => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root = '/', mountPoint = ''] = before.split(' ').map(unescapeOctal);
    const [type, , options = ''] = after.split(' ');
    if (type === 'cgroup2') return [{ version: 2, controllers: [], root, mountPoint }];
    return type === 'cgroup' ? [{ version: 1, controllers: options.split(','), root, mountPoint }] : [];
  });
}

function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

export interface ProcessStat {
  readonly pid: number;
  readonly command: string;
  readonly parent: number;
  /** Clock ticks since boot. Together with the pid it identifies a process for ever. */
  readonly startTime: number;
}

/** /proc/PID/stat. The command may contain spaces and parentheses, so fields are counted from its last `)`. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  if (open < 0 || close < open || fields.length < 20) return null;
  return {
    pid: Number.parseInt(text, 10),
    command: text.slice(open + 1, close),
    parent: Number(fields[1]),
    startTime: Number(fields[19]),
  };
}
