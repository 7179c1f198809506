import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom, seedOf } from '../generator/random.js';
import { allSections } from '../sections/index.js';
import type { Options } from './options.js';
import type { Task, TaskResult } from './pool.js';

const options = workerData as Options;
const cells = allSections(options).flatMap((section) => section.cells);

function run({ cell: index, from, to }: Task): TaskResult {
  const cell = cells[index];
  if (cell === undefined) throw new RangeError(`no cell ${index}`);
  const columns: Record<string, number[]> = {};
  for (let trial = from; trial < to; trial += 1)
    for (const [name, value] of Object.entries(cell.trial(randomFrom(seedOf(options.seed, cell.name, trial)))))
      (columns[name] ??= []).push(value);
  return { cell: index, from, columns };
}

parentPort?.on('message', (task: Task) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(run(task));
});
