import type { GatedSubject } from '../evidence/index.js';
import { ARMS, type ArmName, type Guard } from '../model/index.js';
import type { Measured } from './service-assessment.js';

/** Four pages: a process that works moves by so much sooner or later. */
const MOVED_BYTES = 16_384;

/**
 * Takes a PASS back where the memory of one arm did not move by one byte in any window while requests were answered,
 * and the memory of the other arm moved in each: then readings that are stuck look like a version that does not grow.
 * A FAIL needs growth that was read, and stands. Series that were recorded elsewhere are often rounded, and a constant
 * says nothing there.
 * @param exact the readings are the kernel's own bytes, as in a run of ours
 */
export function withoutStuckPass(service: Measured, gated: GatedSubject, exact: boolean): Measured {
  if (!exact || service.outcome !== 'pass' || !service.metric.endsWith('_bytes')) return service;
  const stuck = ARMS.find((arm) => standsStill(gated, arm));
  if (stuck === undefined) return service;
  const requests = gated.subject.replicates.reduce((sum, { pair }) => sum + spanOf(pair[stuck]?.x), 0);
  const guard: Guard = { name: 'STUCK', code: 'stuck', facts: { arm: stuck, x: requests, unit: service.unit } };
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

function standsStill({ subject: { replicates } }: GatedSubject, arm: ArmName): boolean {
  const other = arm === 'baseline' ? 'candidate' : 'baseline';
  return (
    replicates.length > 0 &&
    replicates.every(({ pair }) => rangeOf(pair[arm]?.y) === 0 && (rangeOf(pair[other]?.y) ?? 0) >= MOVED_BYTES)
  );
}

/** Highest less lowest; null where there is no series. */
function rangeOf(values: ArrayLike<number> | undefined): number | null {
  if (values === undefined || values.length === 0) return null;
  let [low, high] = [values[0] as number, values[0] as number];
  for (let i = 1; i < values.length; i += 1) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  return high - low;
}

const spanOf = (x: ArrayLike<number> | undefined): number =>
  x === undefined || x.length === 0 ? 0 : (x[x.length - 1] as number) - (x[0] as number);
