/** The layout of `struct file` of preload/preload.c: bytes from its beginning, and sizes. */
const MAGIC = 0x314e454c47505331n;
const FILE = {
  magic: 0,
  seconds: 8,
  nanoseconds: 16,
  asked: 24,
  missed: 32,
  counts: 36,
  used: 40,
  allocator: 48,
  header: 4096,
};
const PLACES = 512;
const ALLOCATOR_LENGTH = 64;
const PROCESS = { pid: 0, parent: 4, shards: 64, size: 1088 };
const SHARD = { live: 0, low: 16, asked: 24, size: 64 };
const SHARDS = 16;

/** One process that counts: a program, or a fork of it. */
export interface PageProcess {
  /** Its place in the file; 0 is the program itself. */
  readonly place: number;
  /** As the processes of its container see it. */
  readonly pid: number;
  /** Place of the process that it was forked from; its own if it was executed. */
  readonly parent: number;
  /** Bytes it took less those it gave back, at their lowest since the reader asked last. A fork may be below 0. */
  readonly low: number;
}

/** The counters of a program and of its forks. */
export interface Page {
  /** Nanoseconds since the host was booted. */
  readonly started: bigint;
  /** How often the reader has asked. */
  readonly asked: bigint;
  /** Forks that found no place, and are counted nowhere. */
  readonly missed: number;
  /** False for an allocator other than that of the C library. */
  readonly counts: boolean;
  /** File name of the library whose malloc serves the program. */
  readonly allocator: string;
  readonly processes: readonly PageProcess[];
}

/** Bytes of a file of counters; fewer if it is shorter. */
export type Read = (offset: number, length: number) => Buffer;

/** Reads a file of counters; null for what is none, or is not complete yet. */
export function readPage(read: Read): Page | null {
  const header = read(0, FILE.header);
  if (header.length < FILE.header || header.readBigUInt64LE(FILE.magic) !== MAGIC) return null;
  const asked = header.readBigUInt64LE(FILE.asked);
  const name = header.subarray(FILE.allocator, FILE.allocator + ALLOCATOR_LENGTH);
  const used = Math.min(header.readUInt32LE(FILE.used), PLACES);
  const places = read(FILE.header, used * PROCESS.size);
  if (places.length < used * PROCESS.size) return null;
  const processes = Array.from({ length: used }, (_, place) => processAt(places, place, asked));
  return {
    started: header.readBigInt64LE(FILE.seconds) * 1_000_000_000n + header.readBigInt64LE(FILE.nanoseconds),
    asked,
    missed: header.readUInt32LE(FILE.missed),
    counts: header.readUInt32LE(FILE.counts) === 1,
    allocator: name.subarray(0, name.indexOf(0)).toString('latin1'),
    processes: processes.filter(({ pid }) => pid !== 0),
  };
}

function processAt(bytes: Buffer, place: number, asked: bigint): PageProcess {
  const at = place * PROCESS.size;
  let low = 0;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const from = at + PROCESS.shards + shard * SHARD.size;
    const live = Number(bytes.readBigInt64LE(from + SHARD.live));
    // A shard that was not used since the last question has no newer low: nothing has changed in it.
    const isCurrent = bytes.readBigUInt64LE(from + SHARD.asked) === asked;
    low += isCurrent ? Math.min(live, Number(bytes.readBigInt64LE(from + SHARD.low))) : live;
  }
  return { place, pid: bytes.readUInt32LE(at + PROCESS.pid), parent: bytes.readUInt32LE(at + PROCESS.parent), low };
}

/** Bytes to be written into a file of counters. */
export interface Patch {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** What the reader writes to ask once more. */
export function question({ asked }: Page): Patch {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(asked + 1n);
  return { offset: FILE.asked, bytes };
}

/** What the reader writes to free a place, in this order: the place may be taken as soon as it has no process id. */
export function emptied(place: number): readonly Patch[] {
  const at = FILE.header + place * PROCESS.size;
  const rest = PROCESS.size - PROCESS.parent;
  return [
    { offset: at + PROCESS.parent, bytes: Buffer.alloc(rest) },
    { offset: at + PROCESS.pid, bytes: Buffer.alloc(PROCESS.parent) },
  ];
}
