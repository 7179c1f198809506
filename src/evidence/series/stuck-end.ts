import { LIVE_METRIC, METRICS, USAGE_METRICS, type Metric, type ServiceSeries } from '../../model/index.js';
import type { ArmSeries } from '../../statistics/estimators/pair-measure.js';
import { withoutMisread } from './usable.js';

/** A shorter end may be still by chance, and hides little growth. */
const LEAST_SHARE = 0.1;
/** Memory that moved so often before is not still for so long by chance, with this probability. */
const CHANCE = 1e-3;
/** Memory that was still for as long as this share of it before, and moved again, rests now and then. */
const RESTED_SHARE = 0.5;
/** Requests in the still end against those before, per reading: with less load, memory may rest. */
const LOAD_SHARE = 0.5;

/**
 * How long, in seconds, the readings of an arm stay the same to the byte until the window's end, though memory moved
 * all the time before and the load went on: the tool that reads them may have got stuck, and growth is hidden behind
 * it. Null if the end is alive: it moves, or for memory another reading of the services does.
 *
 * If *c* changes came at random over all *n* steps, none of them falls into the last *e* with the probability
 * (1 − e / n)^c. A server that is quiet for minutes has few changes before, too.
 */
export function stuckEnd({ time, x, y }: ArmSeries, services: readonly ServiceSeries[], metric: Metric): number | null {
  const steps = y.length - 1;
  let begin = steps;
  while (begin > 0 && y[begin - 1] === y[steps]) begin -= 1;
  const still = steps - begin;
  if (begin === 0 || still < LEAST_SHARE * steps) return null;
  const { changes, longestRest } = movementUpTo(y, begin);
  if ((begin / steps) ** changes >= CHANCE || longestRest >= RESTED_SHARE * still) return null;
  const perReading = (from: number, to: number): number => ((x[to] as number) - (x[from] as number)) / (to - from);
  if (perReading(begin, steps) < LOAD_SHARE * perReading(0, begin)) return null;
  const [from, to] = [time[begin] as number, time[steps] as number];
  // Memory is read from other files than descriptors: that it moves does not show that these were still read.
  // Nor do the live heap, which is counted within the process, and processor time show it of memory.
  const alive = metric.endsWith('_bytes') && services.some((service) => moves(service, from, to));
  return alive ? null : to - from;
}

function movementUpTo(y: ArmSeries['y'], end: number): { readonly changes: number; readonly longestRest: number } {
  let [changes, rest, longestRest] = [0, 0, 0];
  for (let i = 1; i <= end; i += 1) {
    rest = y[i] === y[i - 1] ? rest + 1 : 0;
    if (rest === 0) changes += 1;
    longestRest = Math.max(longestRest, rest);
  }
  return { changes, longestRest };
}

/** Read from other places than memory. */
const ELSEWHERE: readonly Metric[] = [LIVE_METRIC, ...USAGE_METRICS];

/** Whether any reading of a service that was not misread changes between two times, except those read elsewhere. */
function moves({ time, minimum }: ServiceSeries, from: number, to: number): boolean {
  const inside = Array.from(time, (_, i) => i).filter((i) => (time[i] as number) >= from && (time[i] as number) <= to);
  return METRICS.filter((metric) => !ELSEWHERE.includes(metric)).some((metric) => {
    const column = minimum[metric];
    if (column === undefined) return false;
    const read = inside.filter((i) => Number.isFinite(column[i]));
    const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(read, (i) => values[i] as number);
    const { y } = withoutMisread({ time: pick(time), x: pick(time), y: pick(column) }, metric).series;
    return Array.from(y).some((value) => value !== y[0]);
  });
}
