import type { Socket } from 'node:net';
import type { Lane, LaneEvents, Outgoing } from '../lane.js';
import type { Connector } from './connector.js';
import { ResponseParser } from './responseParser.js';

const LONGEST_BACKOFF_MS = 500;

export interface WireLaneOptions {
  readonly connector: Connector;
  readonly events: LaneEvents;
  readonly timeoutMs: number;
  /** Whether this lane is to connect again after it lost its connection. */
  readonly persists: (lane: WireLane) => boolean;
}

/** One raw connection: writes what it is given, reads where the answer ends, and connects again when the target hangs up. */
export class WireLane implements Lane {
  readonly #options: WireLaneOptions;
  readonly #waiting: Outgoing[] = [];
  #socket: Socket;
  #parser: ResponseParser;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: WireLaneOptions) {
    this.#options = options;
    this.#parser = this.#createParser();
    this.#socket = this.#open();
  }

  send(outgoing: Outgoing): void {
    this.#waiting.push(outgoing);
    this.#socket.write(outgoing.bytes);
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket.destroy();
  }

  #open(): Socket {
    this.#parser = this.#createParser();
    let failure: Error | null = null;
    let opened = false;
    const socket = this.#options.connector.open(() => {
      opened = true;
      this.#failures = 0;
      this.#options.events.ready(this);
    });
    socket.setTimeout(this.#options.timeoutMs, () => {
      if (this.#waiting.length > 0 || !opened) socket.destroy(new Error('No answer in time'));
    });
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('end', () => {
      this.#parser.end();
      // Not for the next request any more, though the socket is not closed yet.
      this.#options.events.down(this, null);
      socket.destroy();
    });
    socket.on('error', (error) => (failure = error));
    socket.on('close', () => {
      if (!opened) this.#failures++;
      this.#onClosed(failure);
    });
    return socket;
  }

  #read(chunk: Buffer): void {
    if (this.#socket.destroyed) return;
    try {
      this.#parser.push(chunk);
    } catch (error) {
      this.#socket.destroy(error as Error);
    }
  }

  #createParser(): ResponseParser {
    return new ResponseParser({
      expected: () => this.#waiting[0]?.request.method ?? null,
      head: () => {},
      complete: (status, keepAlive) => {
        const answered = this.#waiting.shift() as Outgoing;
        this.#options.events.answered(answered.request.index, status);
        if (!keepAlive) this.#socket.destroy();
        else if (!this.#socket.destroyed && this.#socket.readable && this.#waiting.length === 0) this.#options.events.ready(this);
      },
    });
  }

  #onClosed(error: Error | null): void {
    if (this.#closed) return;
    for (const { request } of this.#waiting.splice(0)) this.#options.events.lost(request.index, 'none');
    this.#options.events.down(this, error);
    if (this.#closed || !this.#options.persists(this)) return;
    const reopen = (): void => {
      this.#retry = null;
      this.#socket = this.#open();
    };
    if (this.#failures === 0) reopen();
    else this.#retry = setTimeout(reopen, Math.min(LONGEST_BACKOFF_MS, 10 * 2 ** this.#failures));
  }
}
