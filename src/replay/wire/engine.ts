import type { KeepAlive, ProxyProtocol, Replayer, Schedule } from '../../model/index.js';
import { connectionsFor } from '../connections.js';
import { createConnector } from '../../lanes/connector.js';
import { proxyHeaders } from '../../lanes/proxy-protocol.js';
import { openPool } from '../../lanes/pool.js';
import type { LaneEvents } from '../../lanes/lane.js';
import { LONGEST_ANSWER_SECONDS, runLanes } from '../../lanes/run-lanes.js';
import { pacerFor } from '../../lanes/pacers/choose-pacer.js';
import { assertAllowedTarget } from '../target.js';
import type { TlsMaterial } from '../../lanes/tls-material.js';
import { WireLane } from './lane.js';

export interface WireOptions {
  /** Addresses of the run's own containers, if the target is not on loopback. */
  readonly allowedHosts?: readonly string[];
  /** Connections that are kept open. */
  readonly connections?: number;
  /** With a rate, the largest number of open connections. Without one, only `connections` are open. */
  readonly mostConnections?: number;
  /** Seconds of silence after which a request counts as unanswered. */
  readonly timeoutSeconds?: number;
  /** Seconds after which an unfinished answer is given up, even if bytes still come. */
  readonly longestAnswerSeconds?: number;
  /** Without any connection for this long, the replay fails. */
  readonly giveUpSeconds?: number;
  readonly tls?: TlsMaterial | null;
  readonly proxyProtocol?: ProxyProtocol;
  readonly keepAlive?: KeepAlive;
  /** All connections are closed and opened again each time this many requests were sent. */
  readonly reconnectEvery?: number;
  /** How requests are distributed in time; evenly if absent. */
  readonly schedule?: Schedule;
}

/**
 * Replays over raw sockets with exact bytes and an open-loop schedule. If a request is due while every connection waits
 * for an answer, it gets a new connection. So a slow target does not slow down its own load until `mostConnections` are
 * open.
 */
export function createWireReplayer(options: WireOptions = {}): Replayer {
  return {
    name: 'wire',
    start(job) {
      assertAllowedTarget(job.target.host, options.allowedHosts);
      const pacer = pacerFor(options.schedule ?? { kind: 'constant' }, job.rate, job.trace);
      const kept = Math.min(options.connections ?? connectionsFor(job.rate), Math.max(1, job.trace.length));
      const most = pacer === null ? kept : Math.max(kept, options.mostConnections ?? 512);
      const { proxyProtocol } = options;
      const proxied = proxyProtocol ? proxyHeaders(proxyProtocol, job.trace.seed, job.target) : null;
      const connector = createConnector(job.target, options.tls ?? null, 'http/1.1', proxied);
      const create = (events: LaneEvents, persists: (lane: WireLane) => boolean): WireLane =>
        new WireLane({
          connector,
          events,
          persists,
          keepAlive: options.keepAlive ?? {},
          timeoutMs: (options.timeoutSeconds ?? 30) * 1000,
        });
      return runLanes({
        engine: 'wire',
        job,
        pacer,
        giveUpMs: (options.giveUpSeconds ?? 10) * 1000,
        longestAnswerMs: (options.longestAnswerSeconds ?? LONGEST_ANSWER_SECONDS) * 1000,
        ...(options.reconnectEvery === undefined ? {} : { reconnectEvery: options.reconnectEvery }),
        open: (events) => openPool({ create, kept, most, connector }, events),
      });
    },
  };
}
