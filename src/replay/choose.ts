import type { EngineChoice, KeepAlive, Protocol, ProxyProtocol, Replayer, Schedule } from '../model/index.js';
import { createAutocannonReplayer } from './autocannon/engine.js';
import { createH2Replayer } from './h2/engine.js';
import type { TlsMaterial } from '../lanes/tls-material.js';
import { createWireReplayer } from './wire/engine.js';

export interface ReplayerOptions {
  readonly engine: EngineChoice;
  readonly schedule: Schedule;
  readonly protocol?: Protocol;
  readonly tls?: TlsMaterial;
  readonly proxyProtocol?: ProxyProtocol;
  readonly keepAlive?: KeepAlive;
  readonly reconnectEvery?: number;
  /** Addresses of the run's own containers, if they are not on loopback. */
  readonly allowedHosts?: readonly string[];
}

/**
 * The engine for this traffic: h2 for HTTP/2, otherwise wire, which can do everything that autocannon does and sends
 * requests nearer to their time.
 */
export function engineFor({
  engine,
  protocol,
}: Pick<ReplayerOptions, 'engine' | 'protocol'>): Exclude<EngineChoice, 'auto'> {
  if (engine !== 'auto') return engine;
  return protocol?.kind === 'http2' ? 'h2' : 'wire';
}

/** The replayer that the options ask for. */
export function createReplayer({ engine, protocol, ...options }: ReplayerOptions): Replayer {
  const chosen = engineFor({ engine, ...(protocol && { protocol }) });
  if (chosen === 'wire') return createWireReplayer(options);
  if (chosen === 'h2')
    return createH2Replayer({ ...options, ...(protocol?.kind === 'http2' ? { streams: protocol.streams } : {}) });
  return createAutocannonReplayer(options.allowedHosts && { allowedHosts: options.allowedHosts });
}
