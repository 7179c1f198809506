import type { Assessment, Recording, ReplicateGrowth } from '../model/index.js';
import { bearsOut, beyondAnyPlateau, confirmingGrowth } from '../statistics/guards/confirmation.js';
import { DEFAULT_RHO } from '../statistics/guards/guard-rules.js';
import { rulesAt } from '../statistics/procedure/judge-family.js';
import type { GatedSubject } from './gate.js';
import type { Pairing } from './replicates.js';
import { replicatesOf, type Preparation, type UsablePair } from './subject.js';
import { alphasOf } from './subjects.js';

export interface Confirmed {
  readonly status: Assessment['confirmation'];
  /** For a FAIL that was not borne out: role → what the longer pair showed. */
  readonly refuted: ReadonlyMap<string, number>;
  /** What the longer pairs showed of each failing role. */
  readonly shown: ReadonlyMap<string, readonly ReplicateGrowth[]>;
}

/**
 * Where the FAILs among these subjects stand. Every failing subject must be borne out by every longer pair that went
 * through.
 * `auto` asks for no such pair where no plateau could explain the growth: see `beyondAnyPlateau`.
 */
export function confirmFails(
  recording: Recording,
  failing: readonly GatedSubject[],
  pairing: Pairing,
  preparation: Preparation,
): Confirmed {
  const { confirm } = recording.manifest.scenario.gate;
  const without = (status: Confirmed['status']): Confirmed => ({ status, refuted: new Map(), shown: new Map() });
  if (failing.length === 0 || confirm === 'never') return without('unneeded');
  if (pairing.confirmation.complete.length > 0) return weigh(failing, pairing, preparation);
  if (confirm === 'auto' && failing.some((gated) => outgrowsItsRoom(gated, recording, pairing)))
    return without('unneeded');
  return without(pairing.confirmation.failed.length > 0 ? 'unusable' : 'wanted');
}

function weigh(failing: readonly GatedSubject[], pairing: Pairing, preparation: Preparation): Confirmed {
  const refuted = new Map<string, number>();
  const shown = new Map<string, readonly ReplicateGrowth[]>();
  for (const { subject, member } of failing) {
    const { replicates } = replicatesOf(pairing.confirmation.complete, subject.services, subject.metric, preparation);
    shown.set(subject.role, replicates.map(growthIn));
    const growths = replicates.map(({ pair }) => confirmingGrowth(pair.baseline, pair.candidate));
    const against = growths.find(
      (growth) => !bearsOut(growth, member?.judgement.steadyGrowth ?? Infinity, subject.margin),
    );
    if (against !== undefined) refuted.set(subject.role, Math.min(against.whole, against.secondHalf));
  }
  if ([...shown.values()].every((rows) => rows.length === 0)) return { status: 'unusable', refuted, shown };
  // One service that is borne out is enough: the candidate grows.
  return { status: refuted.size < failing.length ? 'confirmed' : 'refuted', refuted, shown };
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
