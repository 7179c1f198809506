import { connect, type ClientHttp2Session } from 'node:http2';
import type { KeepAlive } from '../../model/index.js';
import type { Connector } from '../../lanes/connector.js';
import type { LaneEvents } from '../../lanes/lane.js';
import type { Connection } from '../../lanes/pool.js';
import { H2Lane } from './lane.js';
import { backoffMs, STALE_MS } from '../../lanes/reconnecting.js';

export interface H2ConnectionOptions {
  readonly connector: Connector;
  readonly events: LaneEvents;
  readonly scheme: 'http' | 'https';
  /** Requests in progress at a time, if the target allows that many. */
  readonly streams: number;
  readonly keepAlive: KeepAlive;
  readonly timeoutMs: number;
  /** Whether this connection should be opened again after it was lost. */
  readonly persists: (connection: H2Connection) => boolean;
}

/** One HTTP/2 connection: its session, its lanes, and the next session after this one ends. */
export class H2Connection implements Connection {
  readonly #options: H2ConnectionOptions;
  #lanes: readonly H2Lane[];
  /** The current session, and older ones that still carry requests, with their streams. */
  readonly #sessions = new Map<ClientHttp2Session, number>();
  #session: ClientHttp2Session;
  /** Since when requests can be sent. */
  #openedAt: number | null = null;
  #usedAt = 0;
  /** Requests that the current session has carried. */
  #carried = 0;
  #failures = 0;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: H2ConnectionOptions) {
    this.#options = options;
    const { events, scheme, timeoutMs } = options;
    const host = {
      events,
      scheme,
      timeoutMs,
      session: () => this.#session,
      sent: () => this.#onSent(),
      released: (lane: H2Lane, session: ClientHttp2Session) => this.#onReleased(lane, session),
      refresh: (lane: H2Lane) => this.#refresh(lane),
    };
    this.#lanes = Array.from({ length: options.streams }, () => new H2Lane(host));
    this.#session = this.#open();
  }

  get lanes(): readonly H2Lane[] {
    return this.#lanes;
  }

  renew(): void {
    if (this.#openedAt === null) return;
    const old = this.#session;
    this.#takeDown(null);
    this.#session = this.#open();
    this.#retire(old);
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    for (const session of this.#sessions.keys()) session.destroy();
  }

  #onSent(): void {
    this.#carried += 1;
    this.#addStreams(this.#session, 1);
    this.#usedAt = performance.now();
    if (this.#carried >= (this.#options.keepAlive.requests ?? Infinity)) this.renew();
  }

  #open(): ClientHttp2Session {
    this.#openedAt = null;
    this.#carried = 0;
    const { connector, scheme, timeoutMs } = this.#options;
    const socket = connector.open(() => {});
    const session = connect(`${scheme}://entry`, { createConnection: () => socket, settings: { enablePush: false } });
    this.#sessions.set(session, 0);
    let failure: Error | null = null;
    const patience = setTimeout(() => session.destroy(new Error('No HTTP/2 settings came in time')), timeoutMs);
    session.once('remoteSettings', ({ maxConcurrentStreams = Infinity }) => {
      clearTimeout(patience);
      if (session === this.#session) this.#onOpen(maxConcurrentStreams);
    });
    session.on('error', (error) => (failure = error));
    session.on('goaway', () => {
      if (session === this.#session) this.renew();
    });
    session.on('close', () => {
      clearTimeout(patience);
      this.#sessions.delete(session);
      if (session === this.#session)
        this.#onClosed(
          failure ?? (this.#openedAt === null ? new Error('The connection ended before HTTP/2 began') : null),
        );
    });
    return session;
  }

  #onOpen(mostStreams: number): void {
    this.#failures = 0;
    this.#openedAt = performance.now();
    this.#usedAt = this.#openedAt;
    this.#lanes = this.#lanes.slice(0, Math.max(1, mostStreams));
    for (const lane of this.#lanes) if (!lane.busy) this.#offer(lane);
  }

  /** A lane is free if the session accepts one more request. */
  #offer(lane: H2Lane): void {
    if (!this.#closed && this.#openedAt !== null && this.#lanes.includes(lane)) this.#options.events.ready(lane);
  }

  /** An old session is closed when it carries no more requests, because some targets drop requests in progress. */
  #retire(session: ClientHttp2Session): void {
    if (session !== this.#session && this.#sessions.get(session) === 0) session.close();
  }

  #addStreams(session: ClientHttp2Session, more: number): void {
    this.#sessions.set(session, (this.#sessions.get(session) ?? 0) + more);
  }

  #onReleased(lane: H2Lane, session: ClientHttp2Session): void {
    if (this.#sessions.has(session)) this.#addStreams(session, -1);
    this.#retire(session);
    if (
      this.#openedAt !== null &&
      performance.now() - this.#openedAt >= 1000 * (this.#options.keepAlive.seconds ?? Infinity)
    )
      this.renew();
    this.#offer(lane);
  }

  #refresh(lane: H2Lane): void {
    if (this.#openedAt === null) return;
    if (performance.now() - this.#usedAt > STALE_MS) this.renew();
    else queueMicrotask(() => this.#offer(lane));
  }

  #takeDown(error: Error | null): void {
    this.#openedAt = null;
    for (const lane of this.#lanes) this.#options.events.down(lane, error);
  }

  #onClosed(error: Error | null): void {
    if (this.#closed) return;
    if (this.#openedAt === null) this.#failures += 1;
    this.#takeDown(error);
    if (this.#closed || !this.#options.persists(this)) return;
    const reopen = (): void => {
      this.#retry = null;
      this.#session = this.#open();
    };
    if (this.#failures === 0) reopen();
    else this.#retry = setTimeout(reopen, backoffMs(this.#failures));
  }
}
