import { createReadStream } from 'node:fs';
import { SlopegateError } from '../model/index.js';
import { decodeCorpusLine, encodeCorpusLine, type CorpusRequest } from '../traffic/index.js';

/** A part of a corpus file whose requests are in the order of their times. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines of a corpus in the order of their times, which are counted from the earliest. Each part is sorted, and all
 * parts are read at the same time with one request of each in memory. If times are equal, the earlier line comes first.
 */
export async function* inTimeOrder(file: string, runs: readonly Run[], earliest: number): AsyncGenerator<string> {
  const readers = runs.map((run) => requestsOf(file, run));
  const heap = new Heap();
  for (const [number, reader] of readers.entries()) heap.push(await nextOf(reader, number));
  for (let head = heap.pop(); head !== null; head = heap.pop()) {
    yield encodeCorpusLine({ ...head.request, at: (head.request.at as number) - earliest });
    heap.push(await nextOf(readers[head.number] as AsyncGenerator<CorpusRequest>, head.number));
  }
}

interface Head {
  readonly number: number;
  readonly request: CorpusRequest;
}

async function nextOf(reader: AsyncGenerator<CorpusRequest>, number: number): Promise<Head | null> {
  const { done, value } = await reader.next();
  return done ? null : { number, request: value };
}

const LINE_FEED = 0x0a;

async function* requestsOf(file: string, { from, to }: Run): AsyncGenerator<CorpusRequest> {
  let held: Buffer[] = [];
  const stream = createReadStream(file, { start: from, end: to - 1, highWaterMark: 64 * 1024 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield decodeCorpusLine(Buffer.concat([...held, chunk.subarray(start, end)]).toString('utf8'), file);
      held = [];
      start = end + 1;
    }
    held.push(chunk.subarray(start));
  }
  if (held.some(({ length }) => length > 0))
    throw new SlopegateError('DISK', `${file} was cut short while it was sorted`, { location: file });
}

/** The first requests of the parts, the earliest on top. */
class Heap {
  readonly #heads: Head[] = [];

  push(head: Head | null): void {
    if (head === null) return;
    let at = this.#heads.push(head) - 1;
    for (let above = (at - 1) >> 1; at > 0 && this.#isBefore(at, above); above = (at - 1) >> 1) {
      this.#swap(at, above);
      at = above;
    }
  }

  pop(): Head | null {
    const top = this.#heads[0] ?? null;
    const last = this.#heads.pop();
    if (last === undefined || last === top) return top;
    this.#heads[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.#heads.length && this.#isBefore(left, least)) least = left;
      if (right < this.#heads.length && this.#isBefore(right, least)) least = right;
      if (least === at) return top;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heads[a] as Head, this.#heads[b] as Head];
    const between = (one.request.at as number) - (other.request.at as number);
    return between < 0 || (between === 0 && one.number < other.number);
  }

  #swap(a: number, b: number): void {
    const held = this.#heads[a] as Head;
    this.#heads[a] = this.#heads[b] as Head;
    this.#heads[b] = held;
  }
}
