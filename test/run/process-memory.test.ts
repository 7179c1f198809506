import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProcessMemory } from '../../src/run/process-memory.js';

/** Keeps 300 blocks of 5,000 bytes for each line that it gets, by malloc; `worker`: in a thread of its own. */
const PROGRAM = `
const kept = [];
const keep = () => { for (let i = 0; i < 300; i += 1) kept.push(Buffer.allocUnsafeSlow(5000).fill(1)); };
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const done = () => console.log('done');
  const worker = process.argv[2] === 'worker' ? new Worker(__filename).on('message', done) : null;
  process.stdin.on('data', () => (worker === null ? (keep(), done()) : worker.postMessage('keep')));
} else parentPort.on('message', () => (keep(), parentPort.postMessage('done')));
`;
const BLOCK = 5008;

async function growthOf(kind: 'main' | 'worker') {
  const folder = mkdtempSync(join(tmpdir(), 'slopegate-memory-'));
  const file = join(folder, 'keep.cjs');
  writeFileSync(file, PROGRAM);
  const child = spawn(process.execPath, [file, kind], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const keep = async () => {
      child.stdin.write('keep\n');
      await new Promise((resolve) => child.stdout.once('data', resolve));
      return readCalm(child.pid ?? 0);
    };
    const before = await keep();
    const after = await keep();
    return { before, after };
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
}

/** Other threads of the process may change its heap while it is read. */
async function readCalm(pid: number) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const memory = readProcessMemory(pid);
    if (memory !== null && 'inUse' in memory.heap) return { ...memory, heap: memory.heap };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the heap could not be read');
}

test.runIf(platform() === 'linux').each(['main', 'worker'] as const)(
  'blocks that a real process keeps are counted by their size (%s)',
  async (kind) => {
    const { before, after } = await growthOf(kind);
    const grown = (after.heap.inUse.get(BLOCK) ?? 0) - (before.heap.inUse.get(BLOCK) ?? 0);
    // A few blocks of the same size may be of Node.js itself.
    expect(Math.abs(grown - 300)).toBeLessThanOrEqual(3);
    const mapping = kind === 'main' ? 'heap' : 'thread-heaps';
    expect((after.mappings.get(mapping) ?? 0) - (before.mappings.get(mapping) ?? 0)).toBeGreaterThan(280 * BLOCK);
  },
);

test('a process that is not there', () => {
  expect(readProcessMemory(2 ** 30)).toBeNull();
});
