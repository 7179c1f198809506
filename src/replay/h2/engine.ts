import type { KeepAlive, ProxyProtocol, Replayer, Schedule } from '../../model/index.js';
import { connectionsFor } from '../connections.js';
import { createConnector } from '../../lanes/connector.js';
import { proxyHeaders } from '../../lanes/proxy-protocol.js';
import type { LaneEvents } from '../../lanes/lane.js';
import { openPool } from '../../lanes/pool.js';
import { LONGEST_ANSWER_SECONDS, runLanes } from '../../lanes/run-lanes.js';
import { pacerFor } from '../../lanes/pacers/choose-pacer.js';
import { assertAllowedTarget } from '../target.js';
import type { TlsMaterial } from '../../lanes/tls-material.js';
import { assertCarriable } from './carriable.js';
import { H2Connection } from './connection.js';

export interface H2Options {
  /** Addresses of the run's own containers, if the target is not on loopback. */
  readonly allowedHosts?: readonly string[];
  /** Connections that are kept open. */
  readonly connections?: number;
  /** Requests in progress at a time on one connection. */
  readonly streams?: number;
  /** With a rate, the largest number of requests in progress. */
  readonly mostStreams?: number;
  /** Seconds of silence after which a request counts as unanswered. */
  readonly timeoutSeconds?: number;
  /** Seconds after which an unfinished answer is given up, even if bytes still come. */
  readonly longestAnswerSeconds?: number;
  /** Without any connection for this long, the replay fails. */
  readonly giveUpSeconds?: number;
  /** Without it, HTTP/2 begins at once without encryption (h2c with prior knowledge). */
  readonly tls?: TlsMaterial | null;
  readonly schedule?: Schedule;
  readonly proxyProtocol?: ProxyProtocol;
  readonly keepAlive?: KeepAlive;
  readonly reconnectEvery?: number;
}

/**
 * Replays over HTTP/2 with Node's own client, which keeps the order of the headers and chooses the frames. It is
 * open-loop like `wire`, with as many requests in progress as over HTTP/1, on fewer connections.
 */
export function createH2Replayer(options: H2Options = {}): Replayer {
  const { streams = 8, keepAlive = {}, timeoutSeconds = 30, giveUpSeconds = 10, tls = null, reconnectEvery } = options;
  return {
    name: 'h2',
    start(job) {
      assertAllowedTarget(job.target.host, options.allowedHosts);
      assertCarriable(job.trace);
      const pacer = pacerFor(options.schedule ?? { kind: 'constant' }, job.rate, job.trace);
      const kept = options.connections ?? Math.max(2, Math.ceil(connectionsFor(job.rate) / streams));
      const most = pacer === null ? kept : Math.max(kept, Math.ceil((options.mostStreams ?? 512) / streams));
      const { proxyProtocol } = options;
      const proxied = proxyProtocol ? proxyHeaders(proxyProtocol, job.trace.seed, job.target) : null;
      const connector = createConnector(job.target, tls, 'h2', proxied);
      const scheme = tls === null ? 'http' : 'https';
      const create = (events: LaneEvents, persists: (connection: H2Connection) => boolean): H2Connection =>
        new H2Connection({ connector, events, scheme, streams, keepAlive, timeoutMs: timeoutSeconds * 1000, persists });
      return runLanes({
        engine: 'h2',
        job,
        pacer,
        giveUpMs: giveUpSeconds * 1000,
        longestAnswerMs: (options.longestAnswerSeconds ?? LONGEST_ANSWER_SECONDS) * 1000,
        ...(reconnectEvery === undefined ? {} : { reconnectEvery }),
        open: (events) => openPool({ create, kept, most, connector }, events),
      });
    },
  };
}
