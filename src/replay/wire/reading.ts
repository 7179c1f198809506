import type { Socket } from 'node:net';
import type { Answer, Outgoing } from '../../lanes/lane.js';
import { ResponseParser } from './response-parser.js';

export interface ReadingEvents {
  /** The request that the next response answers. */
  expected(): Outgoing | null;
  /** `answer` if values must be taken from it. */
  answered(outgoing: Outgoing, status: number, keepAlive: boolean, answer?: Answer): void;
  /** The wanted part of the response has arrived. */
  aborted(outgoing: Outgoing): void;
}

/** Bytes that are kept of a body from which values are taken. */
const MOST_KEPT = 2 ** 20;

/** Reads one connection's responses, as slowly and as far as the requests say. */
export class Reading {
  readonly #events: ReadingEvents;
  readonly #parser: ResponseParser;
  /** Bytes of the current response. */
  #received = 0;
  /** The current answer, if it is needed. */
  #kept: { head: string; pieces: Buffer[]; size: number } | null = null;

  constructor(events: ReadingEvents) {
    this.#events = events;
    this.#parser = new ResponseParser({
      expected: () => events.expected()?.request.method ?? null,
      head: (bytes) => {
        const wanted = isWanted(events.expected());
        this.#kept = wanted ? { head: bytes.toString('utf8'), pieces: [], size: 0 } : null;
      },
      body: (bytes) => this.#keep(bytes),
      complete: (status, keepAlive) => {
        this.#received = 0;
        const kept = this.#kept;
        this.#kept = null;
        const answer = kept && { head: kept.head, body: Buffer.concat(kept.pieces).toString('utf8') };
        events.answered(events.expected() as Outgoing, status, keepAlive, answer ?? undefined);
      },
    });
  }

  take(socket: Socket, chunk: Buffer): void {
    if (socket.destroyed) return;
    const outgoing = this.#events.expected();
    const { abort, readBytesPerSecond } = outgoing?.request.behaviour ?? {};
    this.#received += chunk.length;
    if (outgoing !== null && abort?.of === 'response' && abort.bytes !== null && this.#received > abort.bytes) {
      this.#events.aborted(outgoing);
      return;
    }
    if (readBytesPerSecond !== undefined) {
      socket.pause();
      setTimeout(() => socket.resume(), (1000 * chunk.length) / readBytesPerSecond);
    }
    try {
      this.#parser.push(chunk);
    } catch (error) {
      socket.destroy(error as Error);
    }
  }

  #keep(bytes: Buffer): void {
    if (this.#kept === null || this.#kept.size >= MOST_KEPT) return;
    this.#kept.pieces.push(Buffer.from(bytes.subarray(0, MOST_KEPT - this.#kept.size)));
    this.#kept.size += bytes.length;
  }

  /** The target has ended the connection. Returns whether it sent nothing of the next response. */
  end(): boolean {
    this.#parser.end();
    return this.#received === 0;
  }
}

function isWanted(outgoing: Outgoing | null): boolean {
  return Object.keys(outgoing?.request.visit?.capture ?? {}).length > 0;
}
