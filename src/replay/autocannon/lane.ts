// oxlint-disable no-underscore-dangle -- autocannon's own names
import type { TraceRequest } from '../../model/index.js';
import type { DigestedRequest } from '../../traffic/index.js';
import type { Lane, LaneEvents, Loss } from '../lane.js';
import { decodeRequest, encodeRequest } from '../wire-format.js';
import type { Client } from './client.js';
import { superviseParser } from './parser.js';

const LONGEST_BACKOFF_MS = 500;

/**
 * One autocannon client that sends when it is told to, what it is told to. autocannon keeps its socket, its response
 * parser, its time limit and its way of connecting again; we decide when a request leaves (`_doRequest` only says that
 * the
 * client is free), give the bytes (`getRequestBuffer`), and make sure that a lost connection is followed by exactly one
 * new
 * one (autocannon alone opens two where an `end` is followed by an `error`, and writes on a connection the server has
 * announced to close).
 */
export class AutocannonLane implements Lane {
  readonly #client: Client;
  readonly #events: LaneEvents;
  readonly #connect: () => void;
  readonly #doRequest: () => void;
  #state: 'down' | 'connecting' | 'up' = 'down';
  #current: number | null = null;
  #bytes: Buffer = Buffer.alloc(0);
  #keepAlive = true;
  /** Nothing has come of the answer yet. */
  #silent = true;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  #parserSupervised = false;

  constructor(client: Client, events: LaneEvents) {
    this.#client = client;
    this.#events = events;
    this.#connect = client._connect.bind(client);
    this.#doRequest = client._doRequest.bind(client);
    client.responseMax = 0;
    client.getRequestBuffer = () => this.#bytes;
    client._connect = () => this.#reconnect();
    client._doRequest = () => this.#onFree();
    client.on('response', (status: number) => this.#onAnswer(status));
  }

  send(request: TraceRequest): DigestedRequest {
    this.#current = request.index;
    this.#bytes = encodeRequest(request);
    this.#silent = true;
    this.#doRequest();
    return decodeRequest(this.#bytes, request);
  }

  refresh(): void {
    this.#client._resetConnection();
  }

  close(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#current = null;
    this.#client.destroy();
  }

  #onFree(): void {
    // Not before the rest of the chunk is read: what stands behind the answer, unasked, ends the connection.
    queueMicrotask(() => {
      if (this.#state !== 'up') return;
      if (this.#keepAlive) this.#events.ready(this);
      else this.#client._resetConnection();
    });
  }

  #onHead(keepAlive: boolean): void {
    this.#keepAlive = keepAlive;
    this.#silent = false;
  }

  #onAnswer(status: number): void {
    const index = this.#current;
    this.#current = null;
    if (index !== null) this.#events.answered(index, status);
  }

  #onDown(error: Error | null, loss: Loss = 'none'): void {
    this.#state = 'down';
    const index = this.#current;
    this.#current = null;
    if (index !== null) this.#events.lost(index, loss);
    this.#events.down(this, error);
  }

  #reconnect(): void {
    const alreadyUnderWay = this.#state === 'connecting' && (this.#retry !== null || !this.#client.conn.destroyed);
    if (this.#client.destroyed || alreadyUnderWay) return;
    if (this.#state !== 'down') this.#onDown(null);
    if (this.#client.destroyed) return;
    this.#state = 'connecting';
    silence(this.#client.conn);
    if (this.#failures === 0) {
      this.#open();
      return;
    }
    this.#retry = setTimeout(
      () => {
        this.#retry = null;
        this.#open();
      },
      Math.min(LONGEST_BACKOFF_MS, 10 * 2 ** this.#failures),
    );
  }

  #open(): void {
    this.#connect();
    const { conn, parser } = this.#client;
    if (!this.#parserSupervised)
      superviseParser(this.#client, {
        onHead: (keepAlive) => this.#onHead(keepAlive),
        method: () => this.#bytes.toString('latin1', 0, 5),
      });
    this.#parserSupervised = true;
    conn.setNoDelay(true);
    conn.once('connect', () => {
      parser.reinitialize(parser.constructor.RESPONSE);
      this.#client.pipelinedRequests.clear();
      this.#failures = 0;
      this.#keepAlive = true;
      this.#state = 'up';
      this.#events.ready(this);
    });
    conn.prependOnceListener('end', () => {
      this.#state = 'connecting';
      // A body without a length ends with the connection.
      parser.finish();
      this.#onDown(null, this.#silent ? 'closed' : 'none');
    });
    conn.prependOnceListener('error', (error) => {
      if (this.#state === 'connecting') this.#failures++;
      this.#onDown(error);
    });
  }
}

/** Takes the last connection out of play for good, so that nothing late from it reaches the client. */
function silence(conn: Client['conn'] | undefined): void {
  if (conn === undefined) return;
  conn.removeAllListeners();
  conn.on('error', () => {});
  conn.destroy();
}
