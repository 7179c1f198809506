import { ARMS, type ArmName, type HuntRow, type HuntWeight, type KeptOn, type Trace } from '../model/index.js';
import { HUNT_PROPORTION_TOLERANCE } from '../statistics/method.js';
import type { HuntShape } from './shapes.js';
import { isServed } from './unserved.js';
import { weigh, type Batch } from './weigh.js';

/** One running version: sends a batch over one connection and reads its live heap at rest. */
export type MeasureBatch = (trace: Trace) => Promise<Batch>;

export interface HuntSettings {
  readonly shapes: readonly HuntShape[];
  readonly measure: Readonly<Record<ArmName, MeasureBatch>>;
  /** Requests per second, for the time to 1 GiB. */
  readonly rate: number;
}

/** If so many shapes in a row could not be measured, the server counts as gone. */
const MOST_UNMEASURED = 3;

/** Weighs each shape on both versions at the same time. It ends early if a version does not answer any more. */
export async function* huntShapes({ shapes, measure, rate }: HuntSettings): AsyncGenerator<HuntRow> {
  let unmeasured = 0;
  for (const shape of shapes) {
    const [baseline, candidate] = await Promise.all(ARMS.map((arm) => weighShape(shape, measure[arm])));
    const row = rowOf(shape, { baseline: baseline as HuntWeight, candidate: candidate as HuntWeight }, rate);
    yield row;
    unmeasured = isUnmeasured(row) ? unmeasured + 1 : 0;
    if (unmeasured === MOST_UNMEASURED) return;
  }
}

/** Weighs one shape on one version; `long` as in `weigh`. */
export function weighShape(
  { batch }: Pick<HuntShape, 'batch'>,
  measure: MeasureBatch,
  long = true,
): Promise<HuntWeight> {
  return weigh((requests) => measure(batch(requests)), long);
}

function isUnmeasured({ weights }: HuntRow): boolean {
  return ARMS.some((arm) => weights[arm].standing === 'unmeasured');
}

/** Whether the candidate keeps memory that the baseline does not, or not as much of it. */
export function isFound({ keptOn }: HuntRow): boolean {
  return keptOn === 'candidate' || keptOn === 'more';
}

const GIBIBYTE = 2 ** 30;

/** Two weights as one row of the table. */
function rowOf(
  { name, source, request }: Pick<HuntShape, 'name' | 'source' | 'request'>,
  weights: HuntRow['weights'],
  rate: number,
): HuntRow {
  const { bytes, per, standing } = weights.candidate;
  return {
    shape: name,
    source,
    method: request.method,
    target: request.target,
    contentType: request.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? null,
    keptOn: keptOn(weights),
    weights,
    secondsToGibibyte: standing === 'keeps' && per === 'request' ? GIBIBYTE / (bytes * rate) : null,
  };
}

/** A version that keeps nothing of requests that it did not serve, while the other version served them. */
function givesBackUnserved(one: HuntWeight, other: HuntWeight): boolean {
  return one.standing === 'gives-back' && !isServed(one) && isServed(other);
}

/** A connection carries many requests, so memory of each request is more than memory of each connection. */
function keepsMore(one: HuntWeight, other: HuntWeight): boolean {
  return one.per === other.per ? one.bytes > (1 + HUNT_PROPORTION_TOLERANCE) * other.bytes : one.per === 'request';
}

function keptOn({ baseline, candidate }: HuntRow['weights']): KeptOn {
  const standings = [baseline.standing, candidate.standing];
  if (standings.some((one) => one === 'undecided' || one === 'unmeasured')) return 'unknown';
  if (givesBackUnserved(baseline, candidate) || givesBackUnserved(candidate, baseline)) return 'unknown';
  if (candidate.standing === 'keeps') {
    if (baseline.standing !== 'keeps') return 'candidate';
    return keepsMore(candidate, baseline) ? 'more' : 'both';
  }
  return baseline.standing === 'keeps' ? 'baseline' : 'neither';
}
