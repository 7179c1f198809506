import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { fuzzKinds } from './kinds/index.js';
import { randomFrom } from './random.js';
import { tryInput, writeFiles } from './try-input.js';

/** What the worker is given. Inputs are numbered; the number and the seed make the input. */
export interface WorkerTask {
  readonly root: string;
  readonly folder: string;
  /** Where inputs that went wrong are kept. */
  readonly kept: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The number of the input that is being tried: the watchdog reads it. */
  readonly current: Int32Array;
}

export type WorkerReport =
  | { readonly type: 'tried'; readonly counts: Readonly<Record<string, number>> }
  | { readonly type: 'finding'; readonly input: number; readonly what: string };

const BATCH = 200;
/** Of findings that are alike, so many inputs are kept. */
const MOST_KEPT = 3;

/** The kind and the random numbers of an input. */
function inputMaker(root: string, seed: number) {
  const kinds = fuzzKinds(root).flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
  return (number: number) => {
    const random = randomFrom(Math.imul(seed, 0x9e3779b1) + number);
    const kind = kinds[number % kinds.length]!;
    return { kind: kind.name, input: kind.make(random) };
  };
}

async function work({ root, folder, kept, seed, from, to, current }: WorkerTask): Promise<void> {
  const make = inputMaker(root, seed);
  // A thread has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const tell = (report: WorkerReport): void => parentPort!.postMessage(report);
  const alike = new Map<string, number>();
  let counts: Record<string, number> = {};
  for (let number = from; number < to; number += 1) {
    Atomics.store(current, 0, number);
    const { kind, input } = make(number);
    const wrong = await tryInput(input, join(folder, kind));
    const way = `${kind}\t${input.way}`;
    counts[way] = (counts[way] ?? 0) + 1;
    if (wrong !== null) {
      const what = `${kind}, ${input.way}: ${wrong}`;
      const before = alike.get(what) ?? 0;
      alike.set(what, before + 1);
      if (before < MOST_KEPT) writeFiles(new Map([...input.files, ['what.txt', what]]), join(kept, String(number)));
      tell({ type: 'finding', input: number, what });
    }
    if ((number - from) % BATCH === BATCH - 1 || number === to - 1) {
      tell({ type: 'tried', counts });
      counts = {};
    }
  }
}

await work(workerData as WorkerTask);
