import { SlopegateError, type OriginCounts } from '../model/index.js';
import { ask } from './ask.js';
import type { Address } from '../docker/connect.js';

/** Sets the origin's counters to zero. */
export async function resetOrigin(address: Address, signal: AbortSignal): Promise<void> {
  await control(address, 'POST', '/reset', signal);
}

/** What reached the origin since it started or was last reset. */
export async function originCounts(address: Address, signal: AbortSignal): Promise<OriginCounts> {
  return parseCounts(await control(address, 'GET', '/counts', signal));
}

async function control(address: Address, method: string, path: string, signal: AbortSignal): Promise<string> {
  try {
    const { status, body } = await ask({ ...address, method, path, signal });
    if (status === 200) return body;
    throw new Error(`it answered ${status}`);
  } catch (cause) {
    throw new SlopegateError('OBSERVE_FAILED', `The origin did not take ${method} ${path}`, { because: cause });
  }
}

function parseCounts(body: string): OriginCounts {
  const { requests, digest } = JSON.parse(body) as Partial<OriginCounts>;
  if (typeof requests === 'number' && typeof digest === 'string') return { requests, digest };
  throw new SlopegateError('OBSERVE_FAILED', `The origin's counts cannot be read: ${body.slice(0, 200)}`);
}
