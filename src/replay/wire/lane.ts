import type { Socket } from 'node:net';
import type { Lane, LaneEvents, Loss, Outgoing } from '../lane.js';
import type { Connector } from './connector.js';
import { Reading } from './reading.js';
import { planSend, writePlan } from './sender.js';

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
  /** Sent and not answered, in order; more than one only where requests are pipelined. */
  readonly #waiting: Outgoing[] = [];
  #socket: Socket;
  /** Whether this connection carried a request already. */
  #used = false;
  /** Waits for a connection of its own. */
  #deferred: Outgoing | null = null;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: WireLaneOptions) {
    this.#options = options;
    this.#socket = this.#open();
  }

  send(outgoing: Outgoing): void {
    const { behaviour } = outgoing.request;
    this.#waiting.push(outgoing);
    if (behaviour === undefined) {
      this.#used = true;
      this.#socket.write(outgoing.bytes);
    } else if (behaviour.freshConnection === true && this.#used && this.#waiting.length === 1) {
      this.#deferred = outgoing;
      this.#socket.destroy();
      this.#socket = this.#open();
    } else this.#write(outgoing);
  }

  refresh(): void {
    this.#socket.destroy();
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket.destroy();
  }

  #write(outgoing: Outgoing): void {
    const socket = this.#socket;
    const { abort, pipelined } = outgoing.request.behaviour ?? {};
    this.#used = true;
    if (pipelined === true) {
      // Everything sent in this turn of the event loop leaves together.
      socket.cork();
      setImmediate(() => socket.uncork());
      this.#options.events.held(this);
    }
    writePlan(socket, planSend(outgoing), () => {
      if (abort?.of === 'request' && socket === this.#socket) this.#abort(outgoing);
    });
  }

  #abort(outgoing: Outgoing): void {
    const position = this.#waiting.indexOf(outgoing);
    if (position === -1) return;
    this.#waiting.splice(position, 1);
    this.#hangUp(outgoing);
    this.#options.events.lost(outgoing.request.index, 'aborted');
  }

  /** Before anything is reported: the last report ends the replay, and that closes the socket in its own way. */
  #hangUp({ request }: Outgoing): void {
    if (request.behaviour?.abort?.how === 'reset') this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  #open(): Socket {
    let failure: Error | null = null;
    let opened = false;
    let closed = false;
    this.#used = false;
    const reading = new Reading({
      expected: () => this.#waiting[0] ?? null,
      answered: (outgoing, status, keepAlive) => this.#onAnswer(outgoing, status, keepAlive),
      aborted: (outgoing) => this.#abort(outgoing),
    });
    const socket = this.#options.connector.open(() => {
      opened = true;
      this.#failures = 0;
      const deferred = this.#deferred;
      this.#deferred = null;
      if (deferred === null) this.#options.events.ready(this);
      else this.#write(deferred);
    });
    socket.setTimeout(this.#options.timeoutMs, () => {
      if (this.#waiting.length > 0 || !opened) socket.destroy(new Error('No answer in time'));
    });
    socket.on('data', (chunk: Buffer) => reading.take(socket, chunk));
    socket.on('end', () => {
      closed = reading.end();
      // Not for the next request any more, though the socket is not closed yet.
      if (socket === this.#socket) this.#options.events.down(this, null);
      socket.destroy();
    });
    socket.on('error', (error) => (failure = error));
    socket.on('close', () => {
      if (socket !== this.#socket) return;
      if (!opened) this.#failures++;
      this.#onClosed(failure, closed ? 'closed' : 'none');
    });
    return socket;
  }

  #onAnswer(answered: Outgoing, status: number, keepAlive: boolean): void {
    this.#waiting.shift();
    if (!keepAlive || answered.request.behaviour?.abort !== undefined) this.#hangUp(answered);
    this.#options.events.answered(answered.request.index, status);
    const socket = this.#socket;
    // Not before the rest of the chunk is read: what stands behind the answer, unasked, ends the connection.
    queueMicrotask(() => {
      if (socket === this.#socket && !socket.destroyed && socket.readable && this.#waiting.length === 0) this.#options.events.ready(this);
    });
  }

  #onClosed(error: Error | null, loss: Loss): void {
    if (this.#closed) return;
    this.#deferred = null;
    for (const { request } of this.#waiting.splice(0)) this.#options.events.lost(request.index, loss);
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
