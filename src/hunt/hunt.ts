import { ARMS, type ArmName, type HuntRow, type HuntWeight, type KeptOn, type Trace } from '../model/index.js';
import type { HuntShape } from './shapes.js';
import { weigh, type Batch } from './weigh.js';

/** One version that stands: sends a batch over one connection and reads its live heap at rest. */
export type Scales = (trace: Trace) => Promise<Batch>;

export interface HuntSettings {
  readonly shapes: readonly HuntShape[];
  readonly scales: Readonly<Record<ArmName, Scales>>;
  /** Requests per second, for the time to 1 GiB. */
  readonly rate: number;
  readonly onRow: (row: HuntRow, number: number) => void;
}

/** When so many shapes in a row could not be sent, the server is gone. */
const MOST_UNMEASURED = 3;

/** Weighs each shape on both versions at the same time. It ends early if a version does not answer any more. */
export async function huntShapes({ shapes, scales, rate, onRow }: HuntSettings): Promise<readonly HuntRow[]> {
  const rows: HuntRow[] = [];
  for (const shape of shapes) {
    const [baseline, candidate] = await Promise.all(ARMS.map((arm) => weighShape(shape, scales[arm])));
    const row = rowOf(shape, { baseline: baseline as HuntWeight, candidate: candidate as HuntWeight }, rate);
    rows.push(row);
    onRow(row, rows.length);
    const last = rows.slice(-MOST_UNMEASURED);
    if (last.length === MOST_UNMEASURED && last.every(isUnmeasured)) break;
  }
  return rows;
}

/** Weighs one shape on one version; `long` as in `weigh`. */
export function weighShape({ batch }: Pick<HuntShape, 'batch'>, scales: Scales, long = true): Promise<HuntWeight> {
  return weigh((requests) => scales(batch(requests)), long);
}

function isUnmeasured({ weights }: HuntRow): boolean {
  return ARMS.some((arm) => weights[arm].standing === 'unmeasured');
}

const GIBIBYTE = 2 ** 30;

/** Two weights as one row of the table. */
function rowOf(
  { name, source, request }: Pick<HuntShape, 'name' | 'source' | 'request'>,
  weights: HuntRow['weights'],
  rate: number,
): HuntRow {
  const { bytes, standing } = weights.candidate;
  return {
    shape: name,
    source,
    method: request.method,
    target: request.target,
    contentType: request.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1] ?? null,
    keptOn: keptOn(weights),
    weights,
    secondsToGibibyte: standing === 'keeps' ? GIBIBYTE / (bytes * rate) : null,
  };
}

function keptOn({ baseline, candidate }: HuntRow['weights']): KeptOn {
  const standings = [baseline.standing, candidate.standing];
  if (standings.some((one) => one === 'undecided' || one === 'unmeasured')) return 'unknown';
  if (candidate.standing === 'keeps') return baseline.standing === 'keeps' ? 'both' : 'candidate';
  return baseline.standing === 'keeps' ? 'baseline' : 'neither';
}
