import { type Estimate } from './estimate.js';
import type { ArmName } from '../model/arm.js';
import type { Outcome } from '../model/outcome.js';
import type { Attribution } from './attribution.js';
import type { Finding } from './finding.js';
import type { FreeMemory } from './free-memory.js';
import type { PartGrowth } from './part-growth.js';
import type { AdviceStatement, CheckStatement, GrowthStatement, GuardStatement, Statement } from './statement/index.js';
import type { SawtoothFacts } from './sawtooth.js';
import type { UsageAssessment } from './usage.js';
import type { TimeGrowth } from './time-growth.js';

/**
 * Growth of one service in one replicate, in the unit of the assessment (bytes per request, or per second without a
 * requests column).
 */
export interface ReplicateGrowth {
  readonly replicate: number;
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Candidate minus baseline; null if an arm has no usable series. */
  readonly difference: number | null;
  /** Requests in the window, mean over the arms. */
  readonly requests: number;
  readonly seconds: number;
}

/** What the guards found out about the shape of the growth. */
export type Shape = 'flat' | 'leak' | 'filling' | 'step' | 'settled' | 'sawtooth' | 'late-onset' | 'unclear';

/** What the shape of the growth says. */
export type Guard = GuardStatement & { readonly name: GuardName };
export type GuardName =
  | 'STEP'
  | 'FILL'
  | 'FELL-BACK'
  | 'BASELINE-FALLS'
  | 'SETTLED'
  | 'LATE'
  | 'MASKED'
  | 'COARSE'
  | 'FEW'
  | 'SAWTOOTH'
  | 'STUCK'
  | 'PARTIAL'
  | 'TIME'
  | 'REPEATED'
  | 'NOT-CONFIRMED'
  | 'NOT-MEASURED';

/**
 * Whether a longer fresh pair confirmed a FAIL. `unneeded`: nothing failed, or the scenario or the growth itself makes
 * a longer pair unnecessary. `wanted`: the pair has not run yet. `unmeasured`: it ran, but has no usable readings. The
 * others are for `gate.confirm: live-heap`: what the lens counted in the replicates themselves.
 */
export type ConfirmationStatus =
  | 'unneeded'
  | 'wanted'
  | 'confirmed'
  | 'refuted'
  | 'unmeasured'
  | 'live-heap-grows'
  | 'live-heap-differs'
  | 'live-heap-unread';

export interface ServiceAssessment {
  /** Role shared by both arms; `(stack)` for the sum of all services. */
  readonly role: string;
  readonly services: Readonly<Record<ArmName, readonly string[]>>;
  readonly metric: string;
  readonly unit: string;
  readonly judged: boolean;
  readonly outcome: Outcome;
  readonly replicates: readonly ReplicateGrowth[];
  /** Mean growth of each arm over replicates; null with fewer than two replicates. */
  readonly growth: Readonly<Record<ArmName, Estimate | null>>;
  readonly difference: Estimate | null;
  /** One-sided bounds the gate used: fail when `lower` > margin, pass when `upper` < margin. */
  readonly bounds: { readonly lower: number; readonly upper: number } | null;
  readonly margin: number;
  /** One-sided p-value of "the difference is at most the margin". */
  readonly pFail: number | null;
  readonly standardDeviation: number | null;
  /** The smallest standard deviation that the method accepts here, and which term determines it. */
  readonly floor: {
    readonly value: number;
    readonly active: boolean;
    readonly source: 'step' | 'sawtooth';
    readonly stepsKnown?: boolean;
  } | null;
  /** The smallest true difference that this design would have called FAIL with a probability of 80 %. */
  readonly detectable: number | null;
  readonly shape: Shape;
  /** What the shape of the growth says, each statement with its evidence. */
  readonly guards: readonly Guard[];
  /** How memory rises and falls, on the arm whose memory falls further; null if it does not fall. */
  readonly sawtooth: SawtoothFacts | null;
  /**
   * State of the confirmation of this service's own FAIL. The service fails only if this is `unneeded`, `confirmed` or
   * `live-heap-grows`.
   */
  readonly confirmationStatus: ConfirmationStatus;
  /** What the longer fresh pairs showed; empty if there was none for this service. */
  readonly confirmation: readonly ReplicateGrowth[];
  /** Memory at the start and the end of the window and after idle, median over replicates, bytes. */
  readonly levels: Readonly<
    Record<
      ArmName,
      { readonly start: number; readonly end: number; readonly peak: number; readonly afterIdle: number | null } | null
    >
  >;
  /** Memory that it may still take, on each arm; null if that is not known, or if memory was not counted. */
  readonly room: Readonly<Record<ArmName, FreeMemory | null>>;
  /** Growth by kind of memory; absent if the kinds were not read, or if memory was not counted. */
  readonly parts?: readonly PartGrowth[];
  /** Growth with time alone; absent if the idle phase is too short to tell, or if memory was not counted. */
  readonly time?: TimeGrowth;
  readonly said: GrowthStatement;
}

/** One condition that must hold for the comparison to mean anything. */
export interface ValidityCheck {
  /**
   * `same-trace`, `all-sent`, `all-answered`, `origin-agrees`, `decisions-agree`, `pace`, `containers-lived`,
   * `complete`…
   */
  readonly name: string;
  readonly ok: boolean;
  readonly said: CheckStatement;
}

/** Requests that the two versions decided differently, by label. */
export interface DecisionDifference {
  readonly label: string;
  readonly requests: number;
  readonly differing: number;
  /** Up to ten different requests: what was asked (if that was recorded) and what each arm answered. */
  readonly examples: readonly {
    readonly index: number;
    readonly request?: string;
    readonly baseline: number;
    readonly candidate: number;
  }[];
}

export interface Assessment {
  /** Replicates with both arms usable. */
  readonly replicates: number;
  /** The look at which this evidence is judged: index into the plan's looks, and its share of alpha. */
  readonly look: { readonly index: number; readonly of: number; readonly weight: number };
  /** One-sided alphas of a false FAIL and a false PASS of one service, before they are divided over the looks. */
  readonly alpha: { readonly fail: number; readonly pass: number };
  readonly services: readonly ServiceAssessment[];
  readonly validity: readonly ValidityCheck[];
  readonly decisions: readonly DecisionDifference[];
  readonly findings: readonly Finding[];
  /** What the services use up beside memory, and how long the entry takes to answer; absent if nothing was read. */
  readonly usage?: readonly UsageAssessment[];
  /** Which requests make each judged service grow; absent if the mix was the same throughout. */
  readonly attribution?: readonly Attribution[];
  /** Made from the services' own states: a FAIL that stands decides, then a FAIL that can still be confirmed. */
  readonly confirmation: ConfirmationStatus;
  /**
   * Replicates of the judged services that the plan still has: number and estimated seconds; null if there are no more.
   */
  readonly nextLook: { readonly replicates: number; readonly seconds: number } | null;
  /** Seconds that one more replicate takes. */
  readonly replicateSeconds: number;
  /** Growth in bytes per request, or per second if no requests were recorded. */
  readonly axis: 'requests' | 'seconds';
  readonly margin: number;
}

/** The verdict as data. `tell` (src/words) puts it into sentences. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The verdict, in statements that are read one after the other. */
  readonly said: readonly Statement[];
  readonly assessment: Assessment;
  /** What would decide an inconclusive verdict, or what to do next; empty if there is nothing to do. */
  readonly advised: readonly AdviceStatement[];
  /** What the experiment should do now: more replicates up to the next look, the confirmation pair, or nothing. */
  readonly next: 'continue' | 'confirm' | 'stop';
}
