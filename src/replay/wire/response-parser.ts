import { parseResponseHead, type ResponseHead } from './response-head.js';

/** A larger head or chunk line is not an answer but an attack on this program. */
const LARGEST_HEAD = 256 * 1024;

export interface ResponseEvents {
  /** Method of the request that the next response answers; null if none is expected. */
  expected(): string | null;
  /** The head of a final response is complete: status line and headers. Its body may follow in pieces. */
  head(bytes: Buffer): void;
  body(bytes: Buffer): void;
  /** A final response is complete. */
  complete(status: number, keepAlive: boolean): void;
}

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailers';

/** Why the bytes cannot be read as responses. */
class ResponseError extends Error {}

/**
 * A small HTTP/1.x response parser. It reads any number of pipelined responses from pieces of any size, checks where a
 * response ends, skips interim (1xx) responses, and keeps no body.
 */
export class ResponseParser {
  readonly #events: ResponseEvents;
  #state: State = 'head';
  #head: ResponseHead | null = null;
  /** Bytes of a head or line that are not complete yet. */
  #pending: Buffer = Buffer.alloc(0);
  #remaining = 0;

  constructor(events: ResponseEvents) {
    this.#events = events;
  }

  /** Throws `ResponseError` if the bytes are not an expected response. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#step(rest);
  }

  /** The connection ended. This completes a body without a length; false if a response is incomplete. */
  end(): boolean {
    if (this.#state === 'close') this.#complete();
    return this.#state === 'head' && this.#pending.length === 0;
  }

  #step(bytes: Buffer): Buffer {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'length':
      case 'chunk-data':
        return this.#skip(bytes);
      case 'close':
        this.#events.body(bytes);
        return bytes.subarray(bytes.length);
      case 'chunk-size':
      case 'chunk-end':
      case 'trailers':
        break;
    }
    return this.#readLine(bytes);
  }

  #readHead(bytes: Buffer): Buffer {
    const joined = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const end = endOfHead(joined);
    if (end === null) {
      this.#keep(joined);
      return joined.subarray(joined.length);
    }
    this.#pending = Buffer.alloc(0);
    const expected = this.#events.expected();
    if (expected === null) throw new ResponseError('A response came without a request');
    const head = parseResponseHead(joined.toString('latin1', 0, end.head), expected);
    if (head === null) throw new ResponseError('The answer is not an HTTP response');
    if (head.status >= 200 || head.status === 101) this.#open(head, joined.subarray(0, end.head));
    return joined.subarray(end.next);
  }

  #open(head: ResponseHead, bytes: Buffer): void {
    this.#head = head;
    this.#events.head(bytes);
    switch (head.framing.kind) {
      case 'none':
        this.#complete();
        return;
      case 'length':
        this.#remaining = head.framing.length;
        this.#state = 'length';
        return;
      case 'chunked':
        this.#state = 'chunk-size';
        return;
      case 'close':
        this.#state = 'close';
    }
  }

  #skip(bytes: Buffer): Buffer {
    const taken = Math.min(this.#remaining, bytes.length);
    this.#remaining -= taken;
    this.#events.body(bytes.subarray(0, taken));
    if (this.#remaining === 0) {
      if (this.#state === 'length') this.#complete();
      else this.#state = 'chunk-end';
    }
    return bytes.subarray(taken);
  }

  #readLine(bytes: Buffer): Buffer {
    const joined = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const newline = joined.indexOf(0x0a);
    if (newline === -1) {
      this.#keep(joined);
      return joined.subarray(joined.length);
    }
    this.#pending = Buffer.alloc(0);
    this.#onLine(joined.toString('latin1', 0, newline).trimEnd());
    return joined.subarray(newline + 1);
  }

  #onLine(line: string): void {
    if (this.#state === 'trailers') {
      if (line === '') this.#complete();
      return;
    }
    if (this.#state === 'chunk-end') {
      if (line !== '') throw new ResponseError('A chunk of the response is longer than its stated size');
      this.#state = 'chunk-size';
      return;
    }
    const size = /^([0-9a-fA-F]{1,12})[ \t]*(?:;|$)/.exec(line);
    if (size === null) throw new ResponseError('The response has a chunk without a size');
    this.#remaining = Number.parseInt(size[1] as string, 16);
    this.#state = this.#remaining === 0 ? 'trailers' : 'chunk-data';
  }

  #keep(bytes: Buffer): void {
    if (bytes.length > LARGEST_HEAD)
      throw new ResponseError(`The response has a header section of more than ${LARGEST_HEAD} bytes`);
    this.#pending = bytes;
  }

  #complete(): void {
    const { status, keepAlive } = this.#head as ResponseHead;
    this.#state = 'head';
    this.#head = null;
    this.#events.complete(status, keepAlive);
  }
}

/** Where the head ends and the rest begins. A line may end with LF or CR LF. */
function endOfHead(bytes: Buffer): { readonly head: number; readonly next: number } | null {
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return { head: at, next: at + 2 };
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return { head: at, next: at + 3 };
  }
  return null;
}
