import { NODE_HOOK } from './paths.js';

/** The other side of preload/node-hook.cjs: the names of its files, its questions and its answers. */

/** A thread of Node.js that can be asked. */
export interface NodeThread {
  /** As the processes of its container see it. */
  readonly pid: number;
  /** The file that the question is written into. */
  readonly question: string;
  readonly answer: string;
}

/** The threads that the names of a folder tell of. */
export function nodeThreads(names: readonly string[]): readonly NodeThread[] {
  return names.flatMap((question) => {
    const pid = /^node-(\d+)-\d+$/.exec(question)?.[1];
    return pid === undefined ? [] : [{ pid: Number(pid), question, answer: `${question}.json` }];
  });
}

/** The number of the last question in a file, and the bytes of the next one; null for a file that is not complete. */
export function nextQuestion(bytes: Buffer): { readonly number: number; readonly bytes: Buffer } | null {
  if (bytes.length < QUESTION_BYTES) return null;
  const next = Buffer.alloc(QUESTION_BYTES);
  next.writeUInt32LE((bytes.readUInt32LE() + 1) >>> 0);
  return { number: next.readUInt32LE(), bytes: next };
}
export const QUESTION_BYTES = 4;

/** A function that was running when an object was made. */
interface NodeFrame {
  /** Null for a function without a name. */
  readonly name: string | null;
  /** Path in the container, or the name of a module of Node.js (`node:http`); null for V8 itself. */
  readonly file: string | null;
  /** The line on which the function begins, from 1; only with a file. */
  readonly line?: number;
}

/** A sampled object that is still in use. */
interface NodeSample {
  /** Its number among the samples of its thread. */
  readonly ordinal: number;
  /** Bytes of all objects that it stands for, on average. */
  readonly weight: number;
  /** The innermost first. */
  readonly frames: readonly NodeFrame[];
}

export interface NodeAnswer {
  readonly number: number;
  /** Version of Node.js: `v20.19.2`. */
  readonly node: string;
  readonly samples: readonly NodeSample[];
}

/** A node of V8's profile (https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/). */
interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}

interface Written {
  readonly number: number;
  readonly node: string;
  readonly profile: {
    readonly head: ProfileNode;
    readonly samples: readonly { readonly nodeId: number; readonly size: number; readonly ordinal: number }[];
  };
}

/** Reads an answer with sampled objects; null if it is none: the hook could not sample, or has not written it all. */
export function readProfile(text: string): NodeAnswer | null {
  try {
    const { number, node, profile } = JSON.parse(text) as Written;
    return { number, node, samples: samplesOf(profile) };
  } catch {
    // What a service writes may be anything.
    return null;
  }
}

/**
 * V8 gives the bytes of each call stack, which it has multiplied by 1 / (1 - exp(-size / PERIOD)), and rounds each
 * sample to a whole number of objects. The bytes of the call stack are rounded only once, so its samples share them.
 */
function samplesOf({ head, samples }: Written['profile']): readonly NodeSample[] {
  const ofNode = new Map<number, (typeof samples)[number][]>();
  for (const sample of samples) {
    const alike = ofNode.get(sample.nodeId);
    if (alike === undefined) ofNode.set(sample.nodeId, [sample]);
    else alike.push(sample);
  }
  const found: NodeSample[] = [];
  const open: { readonly node: ProfileNode; readonly frames: readonly NodeFrame[] }[] = [{ node: head, frames: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, frames } = next;
    const own = ofNode.get(node.id) ?? [];
    const sum = own.reduce((all, { size }) => all + size, 0);
    for (const { ordinal, size } of own) found.push({ ordinal, weight: (size / sum) * node.selfSize, frames });
    for (const child of node.children) {
      const frame = frameOf(child);
      // The memory of the hook is not that of the service.
      if (frame.file !== NODE_HOOK) open.push({ node: child, frames: [frame, ...frames] });
    }
  }
  return found;
}

function frameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): NodeFrame {
  const name = functionName === '' ? null : functionName;
  if (url === '') return { name, file: null };
  return { name, file: url.startsWith('file:///') ? pathOf(url) : url, line: lineNumber + 1 };
}

function pathOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname);
}
