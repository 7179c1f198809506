import { type ReplayJob, type RunningReplay, SlopegateError, type TraceRequest } from '../model/index.js';
import { Dispatcher } from './dispatcher.js';
import type { Lane, LaneEvents, LaneSet } from './lane.js';
import { Ledger } from './ledger.js';
import { burstPacer } from './pacers/bursts.js';
import type { Pacer } from './pacers/pacer.js';
import { asPlanned } from './as-planned.js';
import { requestReader } from './request-reader.js';
import { Visits } from './visits.js';
import { Watchdog } from './watchdog.js';

/** The clock of the schedule starts when every connection is established, or this long after the first one. */
const START_PATIENCE_MS = 1000;

/** An unfinished answer is given up after this many seconds, even if bytes still come. */
export const LONGEST_ANSWER_SECONDS = 60;
/** The factor on this for a client that reads or sends slowly by design. */
const SLOW_CLIENT_FACTOR = 10;

export interface LaneRun {
  readonly engine: string;
  readonly job: ReplayJob;
  /** Without any connection for this long, the replay fails. */
  readonly giveUpMs: number;
  readonly open: (events: LaneEvents) => LaneSet;
  /** Null sends as fast as the target answers. */
  readonly pacer: Pacer | null;
  /** All connections are closed and opened again each time this many requests were sent. */
  readonly reconnectEvery?: number;
  readonly longestAnswerMs: number;
}

/** Everything that the engines share: the schedule, the ledger, the abort, and the end if a target is gone. */
export function runLanes(run: LaneRun): RunningReplay {
  const { engine, job, giveUpMs, open, pacer: steady, reconnectEvery } = run;
  const { bursts, mostLateSeconds = Infinity } = job;
  const pacer = steady === null || bursts === undefined ? steady : burstPacer(steady, bursts);
  const bursting = (index: number): boolean => pacer !== null && pacer.inBurst(index);
  const clock = (): number => performance.now();
  const { length } = job.trace;
  const requestAt = requestReader(job.trace);
  const slowClients = job.trace.kinds.some(holdsItsConnection);
  const ledger = new Ledger(job.trace, job.blockedStatuses, clock, { bursting, warmup: job.warmup });
  const { promise, resolve, reject } = withResolvers();
  const visits = new Visits();
  const givenUp = new Set<number>();
  // Nothing is due yet.
  let behindMs: (schedule: Pacer | null) => number = () => 0;
  const running = {
    answered: () => ledger.served,
    sent: () => ledger.sent,
    behind: () => Math.max(0, behindMs(steady)) / 1000,
    givenUp: () => givenUp.size,
    done: promise,
  };
  const interrupted = (): SlopegateError =>
    new SlopegateError('INTERRUPTED', 'The replay was interrupted', { cause: job.signal.reason });
  if (job.signal.aborted) {
    reject(interrupted());
    return running;
  }
  if (length === 0) {
    resolve(ledger.result(engine, 0, null));
    return running;
  }

  const scheduled = pacer === null ? null : pacer.end / 1000;
  let startedAt = clock();
  /** When the last request left, or the last awaited answer came. */
  let lastDone = startedAt;
  let lastUp = clock();
  let over = false;
  const up = new Set<Lane>();
  behindMs = (schedule) =>
    schedule === null || !dispatcher.started || ledger.sent >= length
      ? 0
      : clock() - startedAt - schedule.due(ledger.sent);
  let patience: NodeJS.Timeout | null = null;
  const dispatcher = new Dispatcher({
    total: length,
    due: (index) => pacer?.due(index) ?? 0,
    clock,
    // Bursts use the existing connections. More of them, opened during a stall of the host, would increase memory more
    // than any burst.
    wanted: () => (bursts === undefined || (slowClients && !bursting(ledger.sent))) && opened.grow(),
    ...(reconnectEvery === undefined
      ? {}
      : { storms: { every: reconnectEvery, reconnect: () => opened.reconnect?.() } }),
    waits: (index) => visits.waits(requestAt(index)),
    send(lane, index, dueAt) {
      const planned = requestAt(index);
      const request = visits.begin(planned);
      const patienceMs = holdsItsConnection(request) ? run.longestAnswerMs * SLOW_CLIENT_FACTOR : run.longestAnswerMs;
      watchdog.sent(index, lane, patienceMs);
      const sent = lane.send(request);
      ledger.enter(index, sent, pacer === null ? clock() : dueAt, asPlanned(sent, request, planned));
      lastDone = clock();
    },
  });

  const watchdog = new Watchdog({
    lateMs: () => behindMs(pacer),
    mostLateMs: mostLateSeconds * 1000,
    onGivenUp: (index) => givenUp.add(index),
    onTooLate: (late) =>
      fail(
        new SlopegateError(
          'TOO_LATE',
          `The load fell ${Math.round(late / 1000)} s behind its schedule (${Math.round(scheduled ?? 0)} s in all): ` +
            `${ledger.sent} of ${length} requests were sent. A replay that is so late is not valid.`,
          { hint: 'The entry answers too slowly for this rate, or the host is too busy: lower traffic.rate' },
        ),
      ),
  });

  const end = (settle: () => void): void => {
    if (over) return;
    over = true;
    dispatcher.stop();
    watchdog.stop();
    if (patience !== null) clearTimeout(patience);
    job.signal.removeEventListener('abort', onAbort);
    opened.close();
    opened.closed.then(settle, settle);
  };
  const fail = (error: unknown): void => end(() => reject(error));
  const onAbort = (): void => fail(interrupted());
  const begin = (): void => {
    if (over || dispatcher.started) return;
    startedAt = clock();
    watchdog.start();
    dispatcher.start();
  };
  const endWhenSettled = (): void => {
    if (!ledger.settled || over) return;
    const connections = opened.connections?.();
    const captured = visits.result();
    const result = {
      ...ledger.result(engine, (lastDone - startedAt) / 1000, scheduled),
      ...(connections && { connections: { ...connections } }),
      ...(captured && { captured }),
    };
    end(() => resolve(result));
  };
  const guarded = (action: () => void): void => {
    if (over) return;
    try {
      action();
    } catch (error) {
      fail(error);
    }
  };

  const opened = open({
    ready: (lane) =>
      guarded(() => {
        up.add(lane);
        dispatcher.free(lane);
        if (up.size === opened.expected) begin();
        else patience ??= setTimeout(begin, START_PATIENCE_MS);
      }),
    held: (lane) => dispatcher.hold(lane),
    down: (lane, error) =>
      guarded(() => {
        if (up.delete(lane)) lastUp = clock();
        dispatcher.gone(lane);
        if (error === null || up.size > 0 || clock() - lastUp < giveUpMs) return;
        fail(
          new SlopegateError(
            'REPLAY_FAILED',
            `Nothing accepted a connection at ${job.target.host}:${job.target.port} for ` +
              `${Math.round(giveUpMs / 1000)} s, ${ledger.sent} of ${length} requests sent`,
            { cause: error, hint: 'See the logs of the entry service: it stopped, or never listened' },
          ),
        );
      }),
    answered: (index, status, answer) =>
      guarded(() => {
        watchdog.settled(index);
        visits.end(index, answer ?? null);
        ledger.answer(index, status);
        lastDone = clock();
        endWhenSettled();
      }),
    lost: (index, why) =>
      guarded(() => {
        watchdog.settled(index);
        visits.end(index, null);
        ledger.lose(index, why);
        if (!givenUp.has(index)) lastDone = clock();
        endWhenSettled();
      }),
  });
  opened.closed.catch(fail);
  job.signal.addEventListener('abort', onAbort, { once: true });
  return running;
}

/** A slow client occupies a connection that others could use. */
function holdsItsConnection({ behaviour = {} }: Pick<TraceRequest, 'behaviour'>): boolean {
  const { pauseMs, sendBytesPerSecond, readBytesPerSecond } = behaviour;
  return pauseMs !== undefined || sendBytesPerSecond !== undefined || readBytesPerSecond !== undefined;
}

function withResolvers(): {
  promise: RunningReplay['done'];
  resolve: (result: Awaited<RunningReplay['done']>) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (result: Awaited<RunningReplay['done']>) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Awaited<RunningReplay['done']>>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
