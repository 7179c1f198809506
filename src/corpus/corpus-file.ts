import { rename, rm } from 'node:fs/promises';
import { SlopegateError } from '../model/index.js';
import { encodeCorpusLine, type CorpusRequest } from '../traffic/index.js';
import { openTextFile } from './text-file.js';
import { inTimeOrder, type Run } from './time-sorted.js';

/** Requests are collected into pieces of this many characters. Each piece is sorted by time and written. */
const PIECE = 16 * 1024 * 1024;
/** Requests of a piece at most, because each one needs memory in addition to its characters. */
const MOST = 20_000;

export interface CorpusFile {
  /** The files that belong to it while it is written. */
  readonly files: readonly string[];
  add(request: CorpusRequest): Promise<void>;
  /** The file appears under its name complete or not at all. It is sorted by time if all requests have one. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes a corpus as fast as the disk accepts it, with one piece in memory. */
export async function openCorpusFile(path: string): Promise<CorpusFile> {
  const [unfinished, sorted] = [`${path}.part`, `${path}.sorted.part`];
  const hint = 'choose another --output, or free some disk space';
  const file = await openTextFile(unfinished, path, hint);
  const order = new Order();
  let piece: { readonly at: number | null; readonly line: string }[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const timed = piece.every(({ at }) => at !== null);
    if (timed) piece.sort((a, b) => (a.at as number) - (b.at as number));
    const text = piece.map(({ line }) => line).join('');
    order.add(piece[0]?.at ?? null, piece.at(-1)?.at ?? null, Buffer.byteLength(text), timed);
    [piece, size] = [[], 0];
    await file.write(text);
  };
  return {
    files: [path, unfinished, sorted],
    async add(request) {
      const line = encodeCorpusLine(request);
      piece.push({ at: request.at, line });
      size += line.length;
      if (size >= PIECE || piece.length >= MOST) await flush();
    },
    async finish() {
      if (piece.length > 0) await flush();
      await file.finish();
      if (order.isKept()) {
        await move(unfinished, path, hint);
        return;
      }
      const result = await openTextFile(sorted, path, hint);
      for await (const line of inTimeOrder(unfinished, order.runs, order.earliest)) await result.write(line);
      await result.finish();
      await move(sorted, path, hint);
      await rm(unfinished, { force: true });
    },
    async discard() {
      file.discard();
      for (const part of [unfinished, sorted]) await rm(part, { force: true });
    },
  };
}

async function move(from: string, to: string, hint: string): Promise<void> {
  await rename(from, to).catch((cause: unknown) => {
    throw new SlopegateError('DISK', `cannot write ${to}`, { cause, hint });
  });
}

/** Which parts of the file are in the order of their times. */
class Order {
  readonly runs: Run[] = [];
  earliest = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #end = 0;
  #timed = true;

  add(first: number | null, last: number | null, bytes: number, timed: boolean): void {
    const from = this.#end;
    this.#end += bytes;
    if (!timed || first === null || last === null) {
      this.#timed = false;
      return;
    }
    this.earliest = Math.min(this.earliest, first);
    const before = this.runs.at(-1);
    if (before !== undefined && first >= this.#last) this.runs[this.runs.length - 1] = { ...before, to: this.#end };
    else this.runs.push({ from, to: this.#end });
    this.#last = last;
  }

  /** Whether the file needs no sorting: it is in order from the earliest time on, or has no times. */
  isKept(): boolean {
    return !this.#timed || this.runs.length === 0 || (this.runs.length === 1 && this.earliest === 0);
  }
}
