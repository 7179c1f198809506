import { Worker } from 'node:worker_threads';
import type { Cell, Columns } from './cell.js';
import type { Options } from './options.js';

/** Trials `from` up to, not including, `to` of a cell. */
export interface Task {
  readonly cell: number;
  readonly from: number;
  readonly to: number;
}

export interface TaskResult {
  readonly cell: number;
  readonly from: number;
  readonly columns: Columns;
}

const TRIALS_PER_TASK = 125;

function tasksOf(cells: readonly Cell[], wanted: (cell: Cell) => boolean): Task[] {
  return cells.flatMap((cell, index) =>
    wanted(cell)
      ? Array.from({ length: Math.ceil(cell.trials / TRIALS_PER_TASK) }, (_, part) => ({
          cell: index,
          from: part * TRIALS_PER_TASK,
          to: Math.min(cell.trials, (part + 1) * TRIALS_PER_TASK),
        }))
      : [],
  );
}

/** Runs the wanted cells on worker threads. The result does not depend on their number. */
export async function runCells(
  cells: readonly Cell[],
  wanted: (cell: Cell) => boolean,
  options: Options,
  onProgress: (done: number, of: number) => void,
): Promise<Map<string, Columns>> {
  const tasks = tasksOf(cells, wanted);
  const done: TaskResult[] = [];
  let next = 0;
  const workOff = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const handOut = (): void => {
        const task = tasks[next];
        next += 1;
        if (task === undefined) return resolve();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(task);
      };
      worker.on('error', reject);
      worker.on('message', (result: TaskResult) => {
        done.push(result);
        onProgress(done.length, tasks.length);
        handOut();
      });
      handOut();
    });
  const workers = Array.from(
    { length: options.workers },
    () => new Worker(new URL('./worker.js', import.meta.url), { workerData: options }),
  );
  try {
    await Promise.all(workers.map(workOff));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return collect(cells, done);
}

function collect(cells: readonly Cell[], done: readonly TaskResult[]): Map<string, Columns> {
  const collected = new Map<string, Record<string, number[]>>();
  for (const { cell, columns } of [...done].sort((a, b) => a.cell - b.cell || a.from - b.from)) {
    const name = (cells[cell] as Cell).name;
    const all = collected.get(name) ?? {};
    for (const [key, values] of Object.entries(columns)) (all[key] ??= []).push(...values);
    collected.set(name, all);
  }
  return collected;
}
