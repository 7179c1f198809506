import {
  SlopegateError,
  type ReplayJob,
  type Replayer,
  type ReplayResult,
  type TraceRequest,
} from '../../model/index.js';
import { connectionsFor } from '../connections.js';
import { Ledger } from '../../lanes/ledger.js';
import { assertAllowedTarget } from '../target.js';
import { assertCarriable } from './carriable.js';
import { followClient } from './client-log.js';
import { toAutocannon, urlOf } from './requests.js';
import { runAutocannon } from './run.js';

export interface AutocannonOptions {
  /** Addresses of the run's own containers, if the target is not on loopback. */
  readonly allowedHosts?: readonly string[];
  /** Keep-alive connections; by default so many that an answer may take a quarter of a second. */
  readonly connections?: number;
  /** Seconds to wait for an answer before the request counts as unanswered. */
  readonly timeoutSeconds?: number;
}

/**
 * Replays with autocannon as its documentation describes it: a fixed number of requests, each sent once. The
 * connections get the requests of the trace in turn, so the order is kept only within each connection. autocannon
 * writes `Host` and `Connection: keep-alive` first, accepts only whole requests per second, and sends the requests of a
 * second at its start. If exact bytes, order or times matter, use the wire engine.
 */
export function createAutocannonReplayer(options: AutocannonOptions = {}): Replayer {
  return {
    name: 'autocannon',
    start(job) {
      assertAllowedTarget(job.target.host, options.allowedHosts);
      assertCarriable(job.trace);
      const { trace, blockedStatuses, warmup } = job;
      const ledger = new Ledger(trace, blockedStatuses, () => performance.now(), { ordered: false, warmup });
      return { answered: () => ledger.served, sent: () => ledger.sent, done: replay(job, options, ledger) };
    },
  };
}

async function replay(job: ReplayJob, options: AutocannonOptions, ledger: Ledger): Promise<ReplayResult> {
  const { trace, target, signal } = job;
  const total = trace.length;
  if (signal.aborted) throw interrupted(signal);
  if (total === 0) return ledger.result('autocannon', 0);
  const rate = job.rate === null ? null : Math.max(1, Math.round(job.rate));
  const connections = Math.min(options.connections ?? connectionsFor(job.rate), total, rate ?? total);
  // autocannon keeps all its requests in memory in any case.
  const dealt = Array.from({ length: connections }, (): TraceRequest[] => []);
  for (const request of trace.requests) dealt[request.index % connections]?.push(request);
  let client = 0;
  const startedAt = performance.now();
  await runAutocannon(
    {
      url: urlOf(target),
      connections,
      amount: total,
      timeout: options.timeoutSeconds ?? 30,
      sampleInt: 100,
      ...(rate === null ? {} : { overallRate: rate }),
      setupClient: (one) => {
        const first = client++;
        const own = dealt[first] ?? [];
        const indexOf = (place: number): number => first + place * connections;
        one.setRequests(own.map(toAutocannon));
        followClient(one, {
          sent: (place) => ledger.enter(indexOf(place), own[place] as TraceRequest),
          answered: (place, status) => ledger.answer(indexOf(place), status),
          lost: (place) => ledger.lose(indexOf(place), 'none'),
        });
      },
    },
    signal,
  );
  if (signal.aborted) throw interrupted(signal);
  if (ledger.served === 0)
    throw new SlopegateError('REPLAY_FAILED', `Nothing was answered at ${target.host}:${target.port}`, {
      hint: 'See the logs of the entry service: it stopped, or never listened',
    });
  return ledger.result('autocannon', (performance.now() - startedAt) / 1000, rate === null ? null : total / rate);
}

const interrupted = (signal: AbortSignal): SlopegateError =>
  new SlopegateError('INTERRUPTED', 'The replay was interrupted', { cause: signal.reason });
