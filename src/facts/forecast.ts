import { ARMS, type ArmName } from '../model/index.js';
import type { FreeMemory, Result, WordedService } from '../results/index.js';
import { growthTold } from './growth-told.js';
import { loadOf } from './projection.js';

/** Growth that goes on as judged, from the end of a judged window. */
export interface Forecast {
  /** The level at which no memory is left, in bytes, and what sets it. */
  readonly ceiling: number;
  readonly source: FreeMemory['source'];
  /** Requests per second that turn requests into time; 1 if growth is counted per second. */
  readonly rate: number;
  /** Bytes per request or second. Null for an arm whose growth may be zero. */
  readonly slope: Readonly<Record<ArmName, number | null>>;
}

/**
 * How the memory of a failing service goes on if it grows as judged. Null if it is not known how much memory there is,
 * or if the service does not fail by growth that goes on.
 */
export function forecast(result: Result, service: WordedService): Forecast | null {
  const ceiling = ceilingOf(service);
  if (ceiling === null || service.outcome !== 'fail' || result.verdict.outcome !== 'fail') return null;
  const { rate } = loadOf(result);
  const slopes = ARMS.map((arm) => {
    const growth = growthTold(service, arm);
    return [arm, growth !== null && growth.lower > 0 ? growth.value : null] as const;
  });
  const slope = Object.fromEntries(slopes) as Record<ArmName, number | null>;
  return slope.candidate === null ? null : { ...ceiling, rate, slope };
}

/**
 * The level at which the candidate has no memory left; null if that is not known. Headroom in production is counted
 * from the level at the start of the judged window, the rest of a limit from the level at its end. The memory of a host
 * is this level itself.
 */
export function ceilingOf({ room, levels, metric }: WordedService): Pick<Forecast, 'ceiling' | 'source'> | null {
  const { candidate } = levels;
  if (room.candidate === null || candidate === null || !metric.endsWith('_bytes')) return null;
  const { bytes, source } = room.candidate;
  return { ceiling: bytes + { production: candidate.start, limit: candidate.end, host: 0 }[source], source };
}
