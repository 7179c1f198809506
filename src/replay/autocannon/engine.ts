import autocannon from 'autocannon';
import type { Replayer } from '../../model/index.js';
import { connectionsFor } from '../connections.js';
import type { LaneEvents, LaneSet } from '../lane.js';
import { constantRate } from '../schedule.js';
import { runLanes } from '../run-lanes.js';
import { assertAllowedTarget } from '../target.js';
import { assertCarriable } from './carriable.js';
import { asClient } from './client.js';
import { AutocannonLane } from './lane.js';

export interface AutocannonOptions {
  /** Addresses of the run's own containers, where the target is not on loopback. */
  readonly allowedHosts?: readonly string[];
  /** Keep-alive connections; by default enough for an answer to take a quarter of a second. */
  readonly connections?: number;
  /** Seconds to wait for an answer before the request counts as unanswered. */
  readonly timeoutSeconds?: number;
  /** Without a single connection for this long, the replay fails. */
  readonly giveUpSeconds?: number;
}

/**
 * Replays with autocannon's clients: a fixed amount, every request once, in the order of the trace, evenly spaced.
 *
 * What autocannon's own options cannot do, and what is done about it:
 * - `overallRate` and `connectionRate` are whole requests per second and leave in a burst at the start of each second;
 * one
 *   dispatcher hands each request to the connection that has been free longest when it is due (see `Dispatcher`).
 * - Its request objects put `Connection: keep-alive` first, drop repeated headers and reorder numeric ones, and take a
 *   fixed list of methods; so the client is given the finished bytes instead.
 * - Its counters over-count and lose what is in flight when a connection closes; the books are ours (see `Ledger`).
 */
export function createAutocannonReplayer(options: AutocannonOptions = {}): Replayer {
  return {
    name: 'autocannon',
    start(job) {
      assertAllowedTarget(job.target.host, options.allowedHosts);
      assertCarriable(job.trace);
      const total = job.trace.requests.length;
      const connections = Math.min(options.connections ?? connectionsFor(job.rate), Math.max(1, total));
      return runLanes({
        engine: 'autocannon',
        job,
        due: constantRate(job.rate),
        giveUpMs: (options.giveUpSeconds ?? 10) * 1000,
        open: (events) => openClients(urlOf(job.target), connections, options.timeoutSeconds ?? 30, events),
      });
    },
  };
}

function openClients(url: string, connections: number, timeout: number, events: LaneEvents): LaneSet {
  const lanes: AutocannonLane[] = [];
  const run = autocannon({
    url,
    connections,
    // An amount, so that no duration ends the run; each lane ends when it is closed.
    amount: connections,
    timeout,
    sampleInt: 100,
    setupClient: (client) => void lanes.push(new AutocannonLane(asClient(client), events)),
  });
  return {
    expected: connections,
    // autocannon has as many clients as it was started with.
    grow: () => {},
    close() {
      for (const lane of lanes) lane.close();
    },
    closed: Promise.resolve(run),
  };
}

function urlOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}
