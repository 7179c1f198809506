/** A stretch of a process's memory that comes from a file. */
export interface Mapping {
  readonly from: bigint;
  readonly to: bigint;
  readonly offset: number;
  readonly path: string;
}

const LINE = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+ +(\/.*)$/gm;

/** The mapped files of /proc/PID/maps. */
export function readMaps(text: string): readonly Mapping[] {
  return Array.from(text.matchAll(LINE), ([, from, to, offset, path = '']) => ({
    from: BigInt(`0x${from}`),
    to: BigInt(`0x${to}`),
    offset: Number.parseInt(offset ?? '', 16),
    path,
  }));
}
