import type { HuntWeight } from '../model/index.js';
import {
  HUNT_BATCH_REQUESTS,
  HUNT_DOUBLINGS,
  HUNT_LONG_REQUESTS,
  HUNT_MOST_BATCHES,
  HUNT_PROPORTION_TOLERANCE,
} from '../statistics/method.js';
import { bytesPerBatch, standingOf } from './standing.js';

/** What came of one batch. */
export interface Batch {
  /** Live heap by service when all requests were answered and the counters no longer changed; null if not readable. */
  readonly levels: Readonly<Record<string, number>> | null;
  /** Status → number of answers. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Sends that number of requests of one shape over one connection, and reads the live heap at rest. */
export type SendBatch = (requests: number) => Promise<Batch>;

interface Series {
  readonly standing: HuntWeight['standing'];
  readonly service: string | null;
  readonly bytesPerBatch: number;
  /** Bytes after the last batch. */
  readonly level: number;
}

const NONE = { service: null, bytesPerBatch: 0, level: 0 } as const;

/**
 * Weighs one shape on one version. What seems to be kept is weighed again with batches of twice the size: only what
 * doubles with them is kept for each request. What stays equal is kept for each connection. A longer stretch then shows
 * that it goes on, so that a cache is not taken for a leak.
 * @param send see `SendBatch`; called one batch after the other
 * @param long whether there is a longer stretch; without it, a cache of more than a few dozen entries looks like a leak
 */
export async function weigh(send: SendBatch, long = true): Promise<HuntWeight> {
  const seen = { requests: 0, statuses: new Map<string, number>() };
  const counted: SendBatch = async (requests) => {
    const batch = await send(requests);
    seen.requests += requests;
    for (const [status, count] of Object.entries(batch.statuses))
      seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + count);
    return batch;
  };
  const answer = (weight: Pick<HuntWeight, 'standing' | 'per' | 'bytes' | 'service'>): HuntWeight => ({
    ...weight,
    statuses: [...seen.statuses].sort(([, a], [, b]) => b - a).map(([status]) => status),
    requests: seen.requests,
  });
  const nothing = { per: 'request', bytes: 0, service: null } as const;
  for (let doublings = 0; ; doublings += 1) {
    const size = HUNT_BATCH_REQUESTS * 2 ** doublings;
    const first = await series(counted, size);
    const last = doublings === HUNT_DOUBLINGS;
    if (first.standing === 'undecided' && !last) continue;
    if (first.standing !== 'keeps') return answer({ standing: first.standing, ...nothing });
    const second = await series(counted, 2 * size);
    const per = second.standing === 'keeps' ? unitOf(first, second) : null;
    if (per === null && second.standing === 'gives-back') return answer({ standing: 'gives-back', ...nothing });
    if (per === null && !last) continue;
    if (per === null) return answer({ standing: 'undecided', ...nothing });
    const bytes = second.bytesPerBatch / (per === 'request' ? 2 * size : 1);
    const end = long ? await longStretch(counted, second, per, bytes) : 'keeps';
    if (end !== 'keeps') return answer({ standing: end, ...nothing });
    return answer({ standing: 'keeps', per, bytes, service: second.service });
  }
}

/** What the growth is proportional to, from batches of one size and of twice that; null if to neither. */
function unitOf(first: Series, second: Series): HuntWeight['per'] | null {
  const ratio = second.bytesPerBatch / first.bytesPerBatch;
  const isNear = (expected: number): boolean => Math.abs(ratio / expected - 1) <= HUNT_PROPORTION_TOLERANCE;
  return first.service !== second.service ? null : isNear(2) ? 'request' : isNear(1) ? 'connection' : null;
}

/**
 * Whether the growth goes on at the same pace: over one long batch, or over many connections with one request each. A
 * heap below its level before was emptied, for example by a process that ended: this says nothing about a cache.
 */
async function longStretch(
  send: SendBatch,
  before: Series,
  per: HuntWeight['per'],
  bytes: number,
): Promise<HuntWeight['standing']> {
  const { service } = before;
  const batches = per === 'request' ? 1 : HUNT_LONG_REQUESTS / HUNT_BATCH_REQUESTS;
  let after: Batch['levels'] = null;
  for (let batch = 0; batch < batches; batch += 1) {
    after = (await send(per === 'request' ? HUNT_LONG_REQUESTS : 1)).levels;
    if (after === null) return 'unmeasured';
  }
  const level = service === null ? undefined : after?.[service];
  if (level === undefined) return 'unmeasured';
  if (level < before.level) return 'undecided';
  const expected = bytes * (per === 'request' ? HUNT_LONG_REQUESTS : batches);
  return (level - before.level) / expected >= 1 - HUNT_PROPORTION_TOLERANCE ? 'keeps' : 'gives-back';
}

/** Batches of one size, until every service is decided. The service that keeps most stands for all. */
async function series(send: SendBatch, size: number): Promise<Series> {
  const levels = new Map<string, number[]>();
  let latest: readonly Series[] = [];
  for (let batch = 0; batch <= HUNT_MOST_BATCHES; batch += 1) {
    const { levels: read } = await send(size);
    if (read === null) return { standing: 'unmeasured', ...NONE };
    for (const [service, level] of Object.entries(read)) levels.set(service, [...(levels.get(service) ?? []), level]);
    latest = [...levels].map(([service, own]) => ({
      standing: standingOf(own),
      service,
      bytesPerBatch: bytesPerBatch(own),
      level: own.at(-1) ?? 0,
    }));
    if (!latest.some(({ standing }) => standing === 'undecided')) break;
  }
  const kept = latest.filter(({ standing }) => standing === 'keeps').sort((a, b) => b.bytesPerBatch - a.bytesPerBatch);
  const open = latest.some(({ standing }) => standing === 'undecided');
  return kept[0] ?? { standing: open ? 'undecided' : 'gives-back', ...NONE };
}
