import type { Socket } from 'node:net';
import type { KeepAlive, TraceRequest } from '../../model/index.js';
import type { DigestedRequest } from '../../traffic/index.js';
import type { ConnectionWish, Connector } from '../../lanes/connector.js';
import type { Answer, Lane, LaneEvents, Loss, Outgoing } from '../../lanes/lane.js';
import type { Connection } from '../../lanes/pool.js';
import { decodeRequest, encodeRequest } from './wire-format.js';
import { Reading } from './reading.js';
import { planSend, writePlan } from './sender.js';
import { backoffMs } from '../../lanes/reconnecting.js';

export interface WireLaneOptions {
  readonly connector: Connector;
  readonly events: LaneEvents;
  readonly timeoutMs: number;
  readonly keepAlive: KeepAlive;
  /** Whether this lane should connect again after it lost its connection. */
  readonly persists: (lane: WireLane) => boolean;
}

/**
 * One raw connection: writes what it gets, finds the end of each answer, and connects again if the target closes it.
 */
export class WireLane implements Lane, Connection {
  readonly lanes = [this];
  readonly #options: WireLaneOptions;
  /** Sent and not answered, in order. More than one only if requests are pipelined. */
  readonly #waiting: Outgoing[] = [];
  #socket: Socket;
  /** Since when the socket is connected; null if it is not. */
  #openedAt: number | null = null;
  /** Requests that this connection has carried. */
  #carried = 0;
  /** This connection closes after its outstanding answers. */
  #leaving = false;
  /** A request that waits for its own new connection. */
  #deferred: Outgoing | null = null;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: WireLaneOptions) {
    this.#options = options;
    this.#socket = this.#open();
  }

  send(request: TraceRequest): DigestedRequest {
    const outgoing = { request, bytes: encodeRequest(request) };
    const { behaviour } = request;
    this.#waiting.push(outgoing);
    if (behaviour === undefined) {
      this.#carried += 1;
      this.#socket.write(outgoing.bytes);
    } else if (
      this.#waiting.length === 1 &&
      (isDedicated(behaviour) || (behaviour.freshConnection === true && this.#carried > 0))
    ) {
      this.#deferred = outgoing;
      // Closed properly, because TLS servers forget the session of a connection that was reset.
      this.#socket.destroySoon();
      this.#socket = this.#open(behaviour);
    } else this.#write(outgoing);
    return decodeRequest(outgoing.bytes, request);
  }

  refresh(): void {
    this.#socket.destroySoon();
  }

  giveUp(): void {
    this.#socket.destroy(new Error('The answer had not ended in time'));
  }

  renew(): void {
    if (this.#openedAt === null) return;
    if (this.#waiting.length > 0) this.#leaving = true;
    else {
      this.#options.events.down(this, null);
      this.#socket.destroySoon();
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#socket.destroy();
  }

  #write(outgoing: Outgoing): void {
    const socket = this.#socket;
    const { abort, pipelined } = outgoing.request.behaviour ?? {};
    this.#carried += 1;
    if (pipelined === true) {
      // Everything that is sent in this turn of the event loop leaves together.
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

  /** Called before anything is reported: the last report ends the replay, and this closes the socket in its own way. */
  #hangUp({ request }: Outgoing): void {
    if (request.behaviour?.abort?.how === 'reset') this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  #open(wish: ConnectionWish = {}): Socket {
    let failure: Error | null = null;
    let closed = false;
    this.#openedAt = null;
    this.#carried = 0;
    this.#leaving = isDedicated(wish);
    const reading = new Reading({
      expected: () => this.#waiting[0] ?? null,
      answered: (outgoing, status, keepAlive, answer) => this.#onAnswer(outgoing, status, keepAlive, answer),
      aborted: (outgoing) => this.#abort(outgoing),
    });
    const socket = this.#options.connector.open(() => {
      this.#openedAt = performance.now();
      this.#failures = 0;
      const deferred = this.#deferred;
      this.#deferred = null;
      if (deferred === null) this.#options.events.ready(this);
      else this.#write(deferred);
    }, wish);
    socket.setTimeout(this.#options.timeoutMs, () => {
      if (this.#waiting.length > 0 || this.#openedAt === null) socket.destroy(new Error('No answer in time'));
    });
    socket.on('data', (chunk: Buffer) => {
      if (socket === this.#socket) reading.take(socket, chunk);
    });
    socket.on('end', () => {
      if (socket !== this.#socket) return;
      closed = reading.end();
      // It cannot carry the next request, even though the socket is not closed yet.
      this.#options.events.down(this, null);
      socket.destroy();
    });
    socket.on('error', (error) => (failure = error));
    socket.on('close', () => {
      if (socket !== this.#socket) return;
      if (this.#openedAt === null) this.#failures++;
      this.#onClosed(failure, closed ? 'closed' : 'none');
    });
    return socket;
  }

  #onAnswer(answered: Outgoing, status: number, keepAlive: boolean, answer?: Answer): void {
    this.#waiting.shift();
    if (!keepAlive || answered.request.behaviour?.abort !== undefined) this.#hangUp(answered);
    else if (this.#isSpent()) this.#socket.destroySoon();
    this.#options.events.answered(answered.request.index, status, answer);
    const socket = this.#socket;
    // Only after the rest of the chunk was read: unexpected bytes after the answer end the connection.
    queueMicrotask(() => {
      if (
        socket === this.#socket &&
        !socket.destroyed &&
        socket.readable &&
        socket.writable &&
        this.#waiting.length === 0
      )
        this.#options.events.ready(this);
    });
  }

  #isSpent(): boolean {
    const { requests = Infinity, seconds = Infinity } = this.#options.keepAlive;
    if (this.#waiting.length > 0) return false;
    return (
      this.#leaving || this.#carried >= requests || performance.now() - (this.#openedAt ?? Infinity) >= seconds * 1000
    );
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
    else this.#retry = setTimeout(reopen, backoffMs(this.#failures));
  }
}

/** Whether a connection cannot be used for other requests. */
function isDedicated({ clientCertificate, session }: ConnectionWish): boolean {
  return clientCertificate !== undefined || session !== undefined;
}
