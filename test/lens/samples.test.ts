import { expect, test } from 'vitest';
import { readSamples } from '../../src/lens/index.js';

const SIZE = 4096 + 8 * (16 + 2048 * 256);

/** A file of the profiler with two samples of process 12. */
function file(): Buffer {
  const bytes = Buffer.alloc(SIZE);
  bytes.write('SPGPROF1', 0, 'latin1');
  bytes.writeUInt32LE(4096, 8);
  bytes.writeUInt32LE(1, 12);
  const at = 4096;
  bytes.writeUInt32LE(12, at);
  bytes.writeUInt32LE(5, at + 4);
  const sample = (slot: number, block: bigint, size: bigint, stack: readonly bigint[]): void => {
    const from = at + 16 + slot * 256;
    bytes.writeBigUInt64LE(block, from);
    bytes.writeBigUInt64LE(size, from + 8);
    bytes.writeUInt32LE(stack.length, from + 16);
    stack.forEach((address, i) => bytes.writeBigUInt64LE(address, from + 24 + 8 * i));
  };
  sample(3, 0x7000n, 16n, [0x1n, 0x2n]);
  sample(4, 0n, 999n, [0x3n]);
  sample(2047, 0x9000n, 1_000_000n, []);
  return bytes;
}

test('a small sampled block has the weight of many blocks, a large one only its own', () => {
  const profile = readSamples(file());
  expect(profile).toMatchObject({ canUnwind: true, processes: [{ pid: 12, lost: 5 }] });
  const [small, large] = profile!.processes[0]!.samples;
  expect(small!.weight).toBeCloseTo(4104, 0);
  expect(small!.stack).toEqual([1n, 2n]);
  expect(large!.weight).toBeCloseTo(1_000_000, 0);
  expect(profile!.processes[0]!.samples).toHaveLength(2);
});

test('a file that the profiler did not write, or has not finished, gives null', () => {
  expect(readSamples(file().subarray(0, 5000))).toBeNull();
  expect(readSamples(Buffer.alloc(SIZE))).toBeNull();
});
