import type { GatedSubject } from '../evidence/index.js';
import { ARMS, type ArmName } from '../model/index.js';
import type { Guard } from '../results/index.js';
import type { Measured } from './service-assessment.js';

/** Four pages: a working process changes by at least this much sooner or later. */
const MOVED_BYTES = 16_384;

/** With fewer replicates that are alive nothing passes. */
const FEWEST_ALIVE = 2;

/**
 * Takes a PASS back where readings that are stuck may look like a version that does not grow: the memory of one arm did
 * not move by one byte in any window while requests were answered and the memory of the other arm moved in each, or it
 * moved all along and then not any more in most replicates. The second holds for what is counted, too. A FAIL needs
 * growth that was read, and stands.
 * @param exact the readings are the kernel's own bytes, as in a run of ours; series that were recorded elsewhere are
 *   often rounded, and a constant says nothing there
 */
export function withoutStuckPass(service: Measured, gated: GatedSubject, exact: boolean): Measured {
  if (service.outcome !== 'pass') return service;
  // Descriptors often stand still throughout: only an end that is stuck says something.
  const whole = exact && service.metric.endsWith('_bytes');
  const guard = ARMS.map((arm) => (whole ? stoodStill(gated, arm) : null) ?? gotStuck(gated, arm)).find(
    (found) => found !== null,
  );
  if (guard === undefined) return service;
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

function stoodStill(gated: GatedSubject, arm: ArmName): Guard | null {
  if (!standsStill(gated, arm)) return null;
  const requests = gated.subject.replicates.reduce((sum, { pair }) => sum + spanOf(pair[arm]?.x), 0);
  return { name: 'STUCK', code: 'stuck', facts: { arm, x: requests, unit: gated.subject.unit } };
}

function gotStuck({ subject: { replicates } }: GatedSubject, arm: ArmName): Guard | null {
  const stuck = replicates.flatMap(({ stuckSeconds }) => stuckSeconds[arm] ?? []);
  const alive = replicates.length - stuck.length;
  if (stuck.length === 0 || (alive >= FEWEST_ALIVE && alive >= stuck.length)) return null;
  return { name: 'STUCK', code: 'stuck-end', facts: { arm, seconds: Math.min(...stuck) } };
}

function standsStill({ subject: { replicates } }: GatedSubject, arm: ArmName): boolean {
  const other = arm === 'baseline' ? 'candidate' : 'baseline';
  return (
    replicates.length > 0 &&
    replicates.every(({ pair }) => rangeOf(pair[arm]?.y) === 0 && (rangeOf(pair[other]?.y) ?? 0) >= MOVED_BYTES)
  );
}

/** Highest minus lowest value; null if there is no series. */
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
