import type { ConfirmationStatus, Recording, ReplicateGrowth } from '../model/index.js';
import { bearsOut, beyondAnyPlateau, confirmingGrowth } from '../statistics/guards/confirmation.js';
import { DEFAULT_RHO } from '../statistics/guards/guard-rules.js';
import { rulesAt } from '../statistics/procedure/judge-family.js';
import type { GatedSubject } from './gate.js';
import type { Pairing, TrialPair } from './replicates.js';
import { replicatesOf, type Preparation, type UsablePair } from './subject.js';
import { alphasOf } from './subjects.js';

/** Where the FAIL of one subject stands, and what the longer pairs showed of it. */
export interface Confirmation {
  readonly status: ConfirmationStatus;
  readonly shown: readonly ReplicateGrowth[];
  /** What a longer pair showed instead of the growth that failed; null unless `refuted`. */
  readonly against: number | null;
}

/** The FAILs of judged services by role. A service that is not in it has no FAIL to confirm. */
export type Confirmations = ReadonlyMap<string, Confirmation>;

const without = (status: ConfirmationStatus): Confirmation => ({ status, shown: [], against: null });

/**
 * Where the FAIL of each of these subjects stands. Each answers for itself: a service that was confirmed, or that needs
 * no confirmation, says nothing of another one.
 */
export function confirmFails(
  recording: Recording,
  failing: readonly GatedSubject[],
  pairing: Pairing,
  preparation: Preparation,
): Confirmations {
  return new Map(failing.map((gated) => [gated.subject.role, confirmOne(recording, gated, pairing, preparation)]));
}

/** `auto` asks for no longer pair where no plateau could explain the growth: see `beyondAnyPlateau`. */
function confirmOne(
  recording: Recording,
  gated: GatedSubject,
  pairing: Pairing,
  preparation: Preparation,
): Confirmation {
  const { confirm } = recording.manifest.scenario.gate;
  if (confirm === 'never') return without('unneeded');
  const { complete, failed } = pairing.confirmation;
  const shown = complete.length === 0 ? null : weigh(gated, complete, preparation);
  if (shown !== null && shown.status !== 'unmeasured') return shown;
  if (confirm === 'auto' && outgrowsItsRoom(gated, recording, pairing)) return without('unneeded');
  return shown ?? without(failed.length > 0 ? 'unmeasured' : 'wanted');
}

/** Every longer pair that has usable readings of this subject must show its growth, and there must be one. */
function weigh({ subject, member }: GatedSubject, pairs: readonly TrialPair[], preparation: Preparation): Confirmation {
  const { replicates } = replicatesOf(pairs, subject.services, subject.metric, preparation);
  if (replicates.length === 0) return without('unmeasured');
  const growths = replicates.map(({ pair }) => confirmingGrowth(pair.baseline, pair.candidate));
  const against = growths.find(
    (growth) => !bearsOut(growth, member?.judgement.steadyGrowth ?? Infinity, subject.margin),
  );
  return {
    status: against === undefined ? 'confirmed' : 'refuted',
    shown: replicates.map(growthIn),
    against: against === undefined ? null : Math.min(against.whole, against.secondHalf),
  };
}

/** The run's status, from those of its failing services: the first of these that any of them has. */
const DECIDING: readonly ConfirmationStatus[] = ['confirmed', 'unneeded', 'wanted', 'unmeasured', 'refuted'];

/** Where the confirmation of the whole run stands. */
export function runConfirmation(confirmations: Confirmations): ConfirmationStatus {
  const statuses = [...confirmations.values()].map(({ status }) => status);
  return DECIDING.find((status) => statuses.includes(status)) ?? 'unneeded';
}

/** Growth in one longer pair; a side that lacks the service does not grow. */
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

/**
 * Whether the growth outgrows the memory that the service may have: what its limit leaves above its level, else the
 * stated headroom, else the host's memory.
 */
function outgrowsItsRoom({ subject, evidence, member }: GatedSubject, recording: Recording, pairing: Pairing): boolean {
  if (evidence === null || member === null || !subject.metric.endsWith('_bytes')) return false;
  const { scenario, host } = recording.manifest;
  const limit = limitOf(pairing, subject.services.candidate) ?? scenario.stack.limits.memoryBytes ?? null;
  const room =
    limit === null ? (scenario.gate.production?.headroomBytes ?? host?.memoryBytes) : limit - levelAtEnd(subject);
  return (
    room !== undefined &&
    beyondAnyPlateau(
      evidence,
      member.judgement.steadyGrowth,
      room,
      rulesAt(alphasOf(scenario.gate), 1, subject.margin, DEFAULT_RHO),
    )
  );
}

/** Memory that the candidate holds at the end of the window, the lowest over replicates. */
function levelAtEnd({ replicates }: GatedSubject['subject']): number {
  const ends = replicates.flatMap(({ pair: { candidate } }) =>
    candidate === null ? [] : [candidate.y[candidate.y.length - 1] as number],
  );
  return ends.length === 0 ? 0 : Math.min(...ends);
}

function limitOf(pairing: Pairing, services: readonly string[]): number | null {
  const containers =
    pairing.complete[0]?.candidate.containers.filter(({ service }) => services.includes(service)) ?? [];
  const limits = containers.map(({ memoryLimitBytes }) => memoryLimitBytes);
  return limits.length === 0 || limits.includes(null)
    ? null
    : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
}
