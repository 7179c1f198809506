import {
  alphasOf,
  liveCurves,
  replicatesOf,
  type GatedSubject,
  type Pairing,
  type Preparation,
  type TrialPair,
  type UsablePair,
} from '../evidence/index.js';
import type { Recording } from '../model/index.js';
import type { ConfirmationStatus, FreeMemory, ReplicateGrowth } from '../results/index.js';
import { confirmsGrowth, beyondAnyPlateau, confirmingGrowth } from '../guards/confirmation.js';
import { liveGrowthOf, liveHeapShows, type LiveGrowth } from '../procedure/live-heap.js';
import { rulesAt } from '../procedure/judge-family.js';
import { mean } from '../statistics/numbers.js';

/** A subject that fails, and the memory that it may still take in the candidate. */
export interface Failing {
  readonly gated: GatedSubject;
  readonly room: FreeMemory | null;
}

/** The state of the FAIL of one subject, and what the longer pairs showed. */
export interface Confirmation {
  readonly status: ConfirmationStatus;
  readonly shown: readonly ReplicateGrowth[];
  /** The growth that a longer pair showed instead of the one that failed; null unless `refuted`. */
  readonly against: number | null;
  /** Growth of the live heap, mean over the replicates; only with `live-heap-differs`. */
  readonly live?: LiveGrowth;
}

/** The FAILs of judged services by role. A service that is missing has no FAIL to confirm. */
export type Confirmations = ReadonlyMap<string, Confirmation>;

const without = (status: ConfirmationStatus): Confirmation => ({ status, shown: [], against: null });

/**
 * The state of the FAIL of each of these subjects. Each is judged alone: a service that was confirmed, or that needs no
 * confirmation, says nothing about another one.
 */
export function confirmFails(
  recording: Recording,
  failing: readonly Failing[],
  pairing: Pairing,
  preparation: Preparation,
): Confirmations {
  const { confirm } = recording.manifest.scenario.gate;
  const confirmed = (one: Failing): Confirmation =>
    confirm === 'live-heap'
      ? confirmByLiveHeap(recording, one.gated, pairing.complete, preparation)
      : confirmOne(recording, one, pairing, preparation);
  return new Map(failing.map((one) => [one.gated.subject.role, confirmed(one)]));
}

/** The live heap of the same replicates must show the growth, in both halves of the window. */
function confirmByLiveHeap(
  { manifest: { scenario } }: Recording,
  { subject, evidence, member }: GatedSubject,
  pairs: readonly TrialPair[],
  cutting: Preparation,
): Confirmation {
  const curves = liveCurves(subject, pairs, cutting);
  if (curves === null || evidence === null || member === null || scenario.traffic.repeat === undefined)
    return without('live-heap-unread');
  const live = curves.map(({ baseline, candidate }) => liveGrowthOf(baseline, candidate));
  const rules = rulesAt(alphasOf(scenario.gate), 1, subject.margin);
  const { steadyGrowth } = member.judgement;
  if (liveHeapShows(live, evidence.floor.requests, steadyGrowth, rules)) return without('live-heap-grows');
  const meanOf = (of: keyof LiveGrowth): number => mean(live.map((one) => one[of]));
  return {
    ...without('live-heap-differs'),
    live: { whole: meanOf('whole'), firstHalf: meanOf('firstHalf'), secondHalf: meanOf('secondHalf') },
  };
}

/** `auto` needs no longer pair if no plateau could explain the growth: see `beyondAnyPlateau`. */
function confirmOne(
  recording: Recording,
  { gated, room }: Failing,
  pairing: Pairing,
  preparation: Preparation,
): Confirmation {
  const { confirm } = recording.manifest.scenario.gate;
  if (confirm === 'never') return without('unneeded');
  const { complete, failed } = pairing.confirmation;
  const shown = complete.length === 0 ? null : weigh(gated, complete, preparation);
  if (shown !== null && shown.status !== 'unmeasured') return shown;
  if (confirm === 'auto' && outgrowsFreeMemory(gated, room, recording)) return without('unneeded');
  return shown ?? without(failed.length > 0 ? 'unmeasured' : 'wanted');
}

/** Every longer pair with usable readings of this subject must show its growth, and there must be at least one. */
function weigh({ subject, member }: GatedSubject, pairs: readonly TrialPair[], preparation: Preparation): Confirmation {
  const { replicates } = replicatesOf(pairs, subject.services, subject.metric, preparation);
  if (replicates.length === 0) return without('unmeasured');
  const growths = replicates.map(({ pair }) => confirmingGrowth(pair.baseline, pair.candidate));
  const against = growths.find(
    (growth) => !confirmsGrowth(growth, member?.judgement.steadyGrowth ?? Infinity, subject.margin),
  );
  return {
    status: against === undefined ? 'confirmed' : 'refuted',
    shown: replicates.map(growthIn),
    against: against === undefined ? null : Math.min(against.whole, against.secondHalf),
  };
}

/** The run's status comes from its failing services: the first of these states that one of them has. */
const DECIDING: readonly ConfirmationStatus[] = [
  'confirmed',
  'live-heap-grows',
  'unneeded',
  'wanted',
  'unmeasured',
  'live-heap-unread',
  'live-heap-differs',
  'refuted',
];

/** The state of the confirmation of the whole run. */
export function runConfirmation(confirmations: Confirmations): ConfirmationStatus {
  const statuses = [...confirmations.values()].map(({ status }) => status);
  return DECIDING.find((status) => statuses.includes(status)) ?? 'unneeded';
}

/** Growth in one longer pair. On an arm without the service it is 0. */
function growthIn({ replicate, measure, seconds }: UsablePair): ReplicateGrowth {
  const [baseline, candidate] = [measure.baseline?.slope ?? null, measure.candidate?.slope ?? null];
  return {
    replicate,
    baseline,
    candidate,
    difference: (candidate ?? 0) - (baseline ?? 0),
    requests: measure.requests,
    seconds,
  };
}

/** Whether the growth needs more memory than the service may still take. */
function outgrowsFreeMemory(
  { subject, evidence, member }: GatedSubject,
  room: FreeMemory | null,
  { manifest: { scenario } }: Recording,
): boolean {
  if (evidence === null || member === null || room === null) return false;
  const rules = rulesAt(alphasOf(scenario.gate), 1, subject.margin);
  return beyondAnyPlateau(evidence, member.judgement.steadyGrowth, room.bytes, rules);
}
