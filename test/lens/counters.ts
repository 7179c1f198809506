import type { Read } from '../../src/lens/page.js';

/** A process in a file of counters: its heap in two shards, and the lowest since the reader asked last. */
export interface Counted {
  readonly pid: number;
  readonly parent?: number;
  readonly live: readonly [number, number];
  readonly low?: readonly [number, number];
}

/** A file of counters as preload.c lays it out, that was asked seven times. */
export function counters(
  processes: readonly Counted[],
  { started = 1n, missed = 0, counts = 1 }: { started?: bigint; missed?: number; counts?: number } = {},
): Buffer {
  const bytes = Buffer.alloc(4096 + 512 * 1088);
  bytes.write('1SPGLEN1', 0, 'latin1');
  bytes.writeBigInt64LE(started, 16);
  bytes.writeBigUInt64LE(7n, 24);
  bytes.writeUInt32LE(missed, 32);
  bytes.writeUInt32LE(counts, 36);
  bytes.writeUInt32LE(processes.length, 40);
  bytes.write('libc.so.6', 48, 'latin1');
  processes.forEach(({ pid, parent, live, low }, place) => {
    const at = 4096 + place * 1088;
    bytes.writeUInt32LE(pid, at);
    bytes.writeUInt32LE(parent ?? place, at + 4);
    live.forEach((value, shard) => {
      bytes.writeBigInt64LE(BigInt(value), at + 64 + shard * 64);
      bytes.writeBigInt64LE(BigInt(low?.[shard] ?? 0), at + 64 + shard * 64 + 16);
      bytes.writeBigUInt64LE(low === undefined ? 6n : 7n, at + 64 + shard * 64 + 24);
    });
  });
  return bytes;
}

/** Reads from memory. */
export function reading(bytes: Buffer): Read {
  return (offset, length) => bytes.subarray(offset, offset + length);
}
