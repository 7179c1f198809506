import type { Socket } from 'node:net';
import type { Outgoing } from '../lane.js';
import { ResponseParser } from './response-parser.js';

export interface ReadingEvents {
  /** The request that the next response answers. */
  expected(): Outgoing | null;
  answered(outgoing: Outgoing, status: number, keepAlive: boolean): void;
  /** As much of the response as was wanted is in. */
  aborted(outgoing: Outgoing): void;
}

/** Reads one connection's responses, as slowly and as far as the requests want them read. */
export class Reading {
  readonly #events: ReadingEvents;
  readonly #parser: ResponseParser;
  /** Bytes of the response under way. */
  #received = 0;

  constructor(events: ReadingEvents) {
    this.#events = events;
    this.#parser = new ResponseParser({
      expected: () => events.expected()?.request.method ?? null,
      head: () => {},
      complete: (status, keepAlive) => {
        this.#received = 0;
        events.answered(events.expected() as Outgoing, status, keepAlive);
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

  /** The target is done; says whether it sent nothing of the next response. */
  end(): boolean {
    this.#parser.end();
    return this.#received === 0;
  }
}
