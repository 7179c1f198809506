import type { GatedSubject } from '../evidence/index.js';
import { ARMS, type ArmName } from '../model/index.js';
import type { Guard } from '../results/index.js';
import type { Measured } from './service-assessment.js';

/** Four pages: a working process changes by at least this much sooner or later. */
const MOVED_BYTES = 16_384;

/**
 * In recorded series, the other arm has at least this many different values and changes at half of its readings. A tool
 * that rounds shows a few values only.
 */
const RESTLESS_VALUES = 8;
const RESTLESS_SHARE = 0.5;

/** An arm stands still if this share of its readings are the same, up to the last one. */
const STILL_SHARE = 0.9;

/** With fewer replicates that are alive nothing passes. */
const FEWEST_ALIVE = 2;

/**
 * Takes a PASS back where readings that are stuck may look like a version that does not grow: the memory of one arm did
 * not move by one byte in any window while requests were answered and the memory of the other arm moved in each, or it
 * moved all along and then not any more in most replicates. So does memory that stands still in most replicates and
 * moves all the time in the others. What is counted is looked at only for an end that got stuck. A FAIL needs
 * growth that was read, and stands.
 * @param exact the readings are the kernel's own bytes, as in a run of ours. Series that were recorded elsewhere are
 *   often rounded; a constant is doubted there only if the other arm moves all the time
 */
export function withoutStuckPass(service: Measured, gated: GatedSubject, exact: boolean): Measured {
  if (service.outcome !== 'pass') return service;
  // Descriptors often stand still throughout: only an end that is stuck says something.
  const whole = service.metric.endsWith('_bytes');
  const guard = ARMS.map((arm) => (whole ? stoodStill(gated, arm, exact) : null) ?? gotStuck(gated, arm)).find(
    (found) => found !== null,
  );
  if (guard === undefined) return service;
  return { ...service, outcome: 'inconclusive', shape: 'unclear', guards: [guard, ...service.guards] };
}

function stoodStill(gated: GatedSubject, arm: ArmName, exact: boolean): Guard | null {
  const throughout = standsStill(gated, arm) && (exact || isRestless(gated, other(arm)));
  const still = throughout ? gated.subject.replicates : stillBesideRestless(gated, arm);
  if (still.length === 0) return null;
  const requests = still.reduce((sum, { pair }) => sum + spanOf(pair[arm]?.x), 0);
  return { name: 'STUCK', code: 'stuck', facts: { arm, x: requests, unit: gated.subject.unit } };
}

function gotStuck({ subject: { replicates } }: GatedSubject, arm: ArmName): Guard | null {
  const stuck = replicates.flatMap(({ stuckSeconds }) => stuckSeconds[arm] ?? []);
  const alive = replicates.length - stuck.length;
  if (stuck.length === 0 || (alive >= FEWEST_ALIVE && alive >= stuck.length)) return null;
  return { name: 'STUCK', code: 'stuck-end', facts: { arm, seconds: Math.min(...stuck) } };
}

function standsStill({ subject: { replicates } }: GatedSubject, arm: ArmName): boolean {
  return (
    replicates.length > 0 &&
    replicates.every(({ pair }) => rangeOf(pair[arm]?.y) === 0 && (rangeOf(pair[other(arm)]?.y) ?? 0) >= MOVED_BYTES)
  );
}

/** Whether nearly all readings, up to the last one, are the same to the byte. */
function isStill(y: ArrayLike<number>): boolean {
  let begin = y.length - 1;
  while (begin > 0 && y[begin - 1] === y[begin]) begin -= 1;
  return y.length > 0 && begin <= (1 - STILL_SHARE) * y.length;
}

/** The replicates in which an arm stood still, if too few others are left, in which it moves all the time. */
function stillBesideRestless({ subject: { replicates } }: GatedSubject, arm: ArmName): typeof replicates {
  const still = replicates.filter(
    ({ pair }) => isStill(pair[arm]?.y ?? []) && (rangeOf(pair[other(arm)]?.y) ?? 0) >= MOVED_BYTES,
  );
  const alive = replicates.filter((one) => !still.includes(one));
  if (alive.length === 0 || (alive.length >= FEWEST_ALIVE && alive.length >= still.length)) return [];
  return alive.every(({ pair }) => movesAllTheTime(pair[arm])) ? still : [];
}

const other = (arm: ArmName): ArmName => (arm === 'baseline' ? 'candidate' : 'baseline');

/** Whether the memory of an arm moves all the time, in every window, and not only between a few values. */
function isRestless({ subject: { replicates } }: GatedSubject, arm: ArmName): boolean {
  return replicates.every(({ pair }) => movesAllTheTime(pair[arm]));
}

function movesAllTheTime(series: { readonly y: ArrayLike<number> } | null): boolean {
  const values = Array.from(series?.y ?? []);
  const changes = values.filter((value, i) => i > 0 && value !== values[i - 1]).length;
  return new Set(values).size >= RESTLESS_VALUES && changes >= RESTLESS_SHARE * values.length;
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
