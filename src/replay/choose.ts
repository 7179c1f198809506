import type { EngineChoice, KeepAlive, Protocol, Replayer, Schedule, Trace } from '../model/index.js';
import { createAutocannonReplayer } from './autocannon/engine.js';
import { createH2Replayer } from './h2/engine.js';
import type { TlsMaterial } from './tls-material.js';
import { createWireReplayer } from './wire/engine.js';

export interface ReplayerOptions {
  readonly engine: EngineChoice;
  readonly schedule: Schedule;
  readonly protocol?: Protocol;
  readonly tls?: TlsMaterial;
  readonly keepAlive?: KeepAlive;
  readonly reconnectEvery?: number;
  /** Addresses of the run's own containers, where they are not on loopback. */
  readonly allowedHosts?: readonly string[];
}

/** The engine that carries this trace: h2 where HTTP/2 is spoken; else autocannon, unless exact bytes, a schedule or how clients behave asks for raw sockets. */
export function engineFor(trace: Pick<Trace, 'requests'>, { engine, schedule, protocol, tls, keepAlive, reconnectEvery }: ReplayerOptions): Exclude<EngineChoice, 'auto'> {
  if (engine !== 'auto') return engine;
  if (protocol?.kind === 'http2') return 'h2';
  const plain = (schedule.kind === 'constant' || schedule.kind === 'bursts') && tls === undefined && keepAlive === undefined && reconnectEvery === undefined && trace.requests.every(({ raw, behaviour }) => raw === undefined && behaviour === undefined);
  return plain ? 'autocannon' : 'wire';
}

/** A replayer that chooses its engine by the trace. */
export function createReplayer({ engine, protocol, ...options }: ReplayerOptions): Replayer {
  const { allowedHosts = [] } = options;
  const engines = {
    autocannon: createAutocannonReplayer({ allowedHosts }),
    wire: createWireReplayer(options),
    h2: createH2Replayer({ ...options, ...(protocol?.kind === 'http2' ? { streams: protocol.streams } : {}) }),
  };
  return { name: engine, start: (job) => engines[engineFor(job.trace, { engine, ...(protocol && { protocol }), ...options })].start(job) };
}
