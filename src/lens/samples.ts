/** The layout of `struct file` of preload/profile.c: bytes from its beginning, and sizes. */
const MAGIC = 0x31464f5250475053n;
const FILE = { magic: 0, period: 8, canUnwind: 12, header: 4096 };
const PROCESSES = 8;
const SLOTS = 2048;
const SAMPLE = { block: 0, size: 8, frames: 16, stack: 24, length: 256, mostFrames: 28 };
const PROCESS = { pid: 0, lost: 4, samples: 16, length: 16 + SLOTS * SAMPLE.length };

/** A sampled block that is still in use. */
export interface Sample {
  /** Address of the block. */
  readonly block: bigint;
  /** Bytes of all blocks that it stands for, on average. */
  readonly weight: number;
  /** Return addresses, the innermost first. */
  readonly stack: readonly bigint[];
}

/** What the profiler holds of one process. */
interface SampledProcess {
  /** As the processes of its container see it. */
  readonly pid: number;
  /** Samples for which the table had no room. */
  readonly lost: number;
  readonly samples: readonly Sample[];
}

export interface Profile {
  /** False if the C library of the service cannot say where code lies in memory: then every call stack is empty. */
  readonly canUnwind: boolean;
  readonly processes: readonly SampledProcess[];
}

/** Reads a file of the profiler; null if it is not such a file. */
export function readSamples(bytes: Buffer): Profile | null {
  if (bytes.length < FILE.header + PROCESSES * PROCESS.length || bytes.readBigUInt64LE(FILE.magic) !== MAGIC)
    return null;
  const period = bytes.readUInt32LE(FILE.period);
  const places = Array.from({ length: PROCESSES }, (_, place) => FILE.header + place * PROCESS.length);
  return {
    canUnwind: bytes.readUInt32LE(FILE.canUnwind) === 1,
    processes: places.flatMap((at) => {
      const pid = bytes.readUInt32LE(at + PROCESS.pid);
      if (pid === 0) return [];
      return {
        pid,
        lost: bytes.readUInt32LE(at + PROCESS.lost),
        samples: samplesAt(bytes, at + PROCESS.samples, period),
      };
    }),
  };
}

function samplesAt(bytes: Buffer, from: number, period: number): readonly Sample[] {
  const samples: Sample[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const at = from + slot * SAMPLE.length;
    const block = bytes.readBigUInt64LE(at + SAMPLE.block);
    if (block === 0n) continue;
    const size = Number(bytes.readBigUInt64LE(at + SAMPLE.size));
    const frames = Math.min(bytes.readUInt32LE(at + SAMPLE.frames), SAMPLE.mostFrames);
    const stack = Array.from({ length: frames }, (_, i) => bytes.readBigUInt64LE(at + SAMPLE.stack + 8 * i));
    if (size > 0) samples.push({ block, weight: size / -Math.expm1(-size / period), stack });
  }
  return samples;
}
