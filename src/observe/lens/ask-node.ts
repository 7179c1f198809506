import { LENS_PAGES, nextQuestion, nodeThreads, QUESTION_BYTES, type NodeThread } from '../../lens/index.js';
import type { Clock } from '../../model/index.js';
import type { KernelFiles } from '../kernel-files.js';

/** What the programs of Node.js of a container answered. */
interface NodeAnswers<Answer> {
  readonly answers: readonly { readonly thread: NodeThread; readonly answer: Answer }[];
  /** Whether there is a program of Node.js. */
  readonly any: boolean;
  /** Whether every program and thread of Node.js that still lives has answered. */
  readonly whole: boolean;
}

/** An answer repeats the number of its question. */
interface Numbered {
  readonly number: number;
}

/** Asks every program and thread of Node.js in a container. */
export type AskNode = <Answer extends Numbered>(read: (text: string) => Answer | null) => Promise<NodeAnswers<Answer>>;

export interface NodeDoor {
  readonly files: KernelFiles;
  /** Main process of the container, as this host sees it. */
  readonly pid: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Between two looks for answers. */
const LOOK_SECONDS = 0.01;
/** Two collections of a heap of some gigabytes take this long, and so may a request that blocks the thread. */
const MOST_SECONDS = 15;
/** A program of Node.js, whatever it calls itself. */
const NODE_PROGRAM = /\/node(?:js)?(?: \(deleted\))?$/;

/** Every thread that has the hook collects its garbage and answers; `read` reads the answer. */
export function askNodeIn({ files, pid, clock, signal }: NodeDoor): AskNode {
  const root = `/proc/${pid}/root`;
  const folder = root + LENS_PAGES;
  const isAlive = (one: number): boolean => files.readText(`${root}/proc/${one}/stat`) !== null;
  // A thread that has ended has taken its file away.
  const isThere = (thread: NodeThread): boolean =>
    isAlive(thread.pid) && (files.list(folder) ?? []).includes(thread.question);
  return async <Answer extends Numbered>(read: (text: string) => Answer | null) => {
    const threads = nodeThreads(files.list(folder) ?? []).filter((thread) => isAlive(thread.pid));
    const without = nodePrograms(files, root).filter((one) => !threads.some((thread) => thread.pid === one));
    for (const { answer } of threads) files.remove(`${folder}/${answer}`);
    const asked = threads.map((thread) => ({ thread, number: put(files, `${folder}/${thread.question}`) }));
    const answers = new Map<NodeThread, Answer>();
    const began = clock.seconds();
    let open = asked;
    while (open.length > 0 && clock.seconds() - began < MOST_SECONDS) {
      await clock.sleep(LOOK_SECONDS, signal);
      for (const { thread, number } of open) {
        const text = textOf(files, `${folder}/${thread.answer}`);
        const answer = text === null ? null : read(text);
        if (answer !== null && answer.number === number) answers.set(thread, answer);
      }
      open = open.filter(({ thread }) => !answers.has(thread) && isThere(thread));
    }
    const silent = open.length + without.filter(isAlive).length;
    const all = [...answers].map(([thread, answer]) => ({ thread, answer }));
    return { answers: all, any: threads.length + without.length > 0, whole: silent === 0 };
  };
}

/** Processes of Node.js in a container, as it numbers them. @param root its file system */
export function nodePrograms(files: KernelFiles, root: string): readonly number[] {
  const processes = (files.list(`${root}/proc`) ?? []).filter((name) => /^\d+$/.test(name));
  return processes.filter((one) => NODE_PROGRAM.test(files.link(`${root}/proc/${one}/exe`) ?? '')).map(Number);
}

/** Writes the next question into a file, and returns its number; null if the file cannot be written. */
function put(files: KernelFiles, path: string): number | null {
  const file = files.shared(path);
  const next = file === null ? null : nextQuestion(file.read(0, QUESTION_BYTES));
  if (next !== null) file?.write(0, next.bytes);
  file?.close();
  return next?.number ?? null;
}

/** Null if there is no plain file. */
function textOf(files: KernelFiles, path: string): string | null {
  const file = files.shared(path);
  const bytes = file?.read(0, files.size(path) ?? 0);
  file?.close();
  return bytes?.toString('utf8') ?? null;
}
