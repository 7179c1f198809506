import type { RateSearch } from '../experiment/index.js';
import { SlopegateError } from '../model/index.js';
import { saturate, type ReplayerOptions } from '../replay/index.js';

interface FullSpeedOptions {
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
}

/** How fast a target answers at full speed, measured by autocannon; null if autocannon cannot send this traffic. */
export function fullSpeedOf(
  { protocol, tls, proxyProtocol }: Pick<ReplayerOptions, 'protocol' | 'tls' | 'proxyProtocol'>,
  options: FullSpeedOptions,
): RateSearch['fullSpeed'] {
  return async (target, trace, seconds) => {
    if (protocol?.kind === 'http2' || tls !== undefined || proxyProtocol !== undefined) return null;
    try {
      return await saturate({ target, trace, seconds, ...options });
    } catch (error) {
      if (error instanceof SlopegateError && error.code === 'TRAFFIC_INVALID') return null;
      throw error;
    }
  };
}
