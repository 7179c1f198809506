import type { MeasureBatch } from '../hunt/index.js';
import { SlopegateError, type Clock, type ReplayResult, type RunningStack, type Trace } from '../model/index.js';
import type { HeapGauge } from '../observe/index.js';
import { createH2Replayer, createWireReplayer, type ReplayerOptions } from '../replay/index.js';

export interface MeasureOptions {
  readonly stack: Pick<RunningStack, 'entry'>;
  readonly gauge: HeapGauge;
  /** Services that are weighed. */
  readonly services: readonly string[];
  readonly sending: ReplayerOptions;
  readonly allowedHosts: readonly string[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Between two readings of the counters. */
const LOOK_SECONDS = 0.02;
/** The counters are at rest when so many readings in a row are equal. */
const EQUAL_LOOKS = 4;
/** The counters of a busy server may never be at rest. They are read after this time. The shape may stay undecided. */
const MOST_SECONDS = 3;
/** How long one answer is waited for. */
const ANSWER_SECONDS = 10;

/** Sends batches to one version, one request after the other, and reads its live heap when it rests. */
export function measureBatchOn(options: MeasureOptions): MeasureBatch {
  return async (trace) => {
    const result = await send(options, trace, 1).catch((error: unknown) => {
      options.signal.throwIfAborted();
      if (error instanceof SlopegateError && error.code === 'REPLAY_FAILED') return null;
      throw error;
    });
    if (result === null) return { levels: null, statuses: {} };
    return { levels: await atRest(options), statuses: statusesOf(result) };
  };
}

/** Sends without weighing, over several connections, so that every worker has seen this kind of request. */
export async function sendUnmeasured(options: MeasureOptions, trace: Trace): Promise<void> {
  await send(options, trace, UNMEASURED_CONNECTIONS);
}
const UNMEASURED_CONNECTIONS = 4;

function send({ stack, sending, allowedHosts, signal }: MeasureOptions, trace: Trace, connections: number) {
  const { protocol, tls, proxyProtocol, keepAlive } = sending;
  const common = {
    allowedHosts,
    connections,
    ...(tls && { tls }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(keepAlive && { keepAlive }),
  };
  const patience = { timeoutSeconds: ANSWER_SECONDS, longestAnswerSeconds: ANSWER_SECONDS };
  const replayer =
    protocol?.kind === 'http2'
      ? createH2Replayer({ ...common, streams: protocol.streams })
      : createWireReplayer({ ...common, ...patience });
  return replayer.start({ target: stack.entry, trace, rate: null, blockedStatuses: [], signal }).done;
}

function statusesOf({ counts }: ReplayResult): Record<string, number> {
  const all: Record<string, number> = {};
  for (const ofLabel of Object.values(counts))
    for (const [status, count] of Object.entries(ofLabel)) all[status] = (all[status] ?? 0) + count;
  return all;
}

/** The live heap by service when it does not move any more; null where a service is not counted. */
async function atRest(options: MeasureOptions): Promise<Readonly<Record<string, number>> | null> {
  const { clock, signal } = options;
  const began = clock.seconds();
  let levels = look(options);
  for (let equal = 1; equal < EQUAL_LOOKS && clock.seconds() - began < MOST_SECONDS;) {
    await clock.sleep(LOOK_SECONDS, signal);
    const now = look(options);
    equal = JSON.stringify(now) === JSON.stringify(levels) ? equal + 1 : 1;
    levels = now;
  }
  return levels;
}

function look({ gauge, services }: MeasureOptions): Readonly<Record<string, number>> | null {
  const read = gauge.read();
  const known = services.map((service) => [service, read[service] ?? null] as const);
  if (known.some(([, level]) => level === null)) return null;
  return Object.fromEntries(known) as Readonly<Record<string, number>>;
}
