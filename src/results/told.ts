import type { ActionRecord } from '../model/action.js';
import type { RampStep, RateRamp } from '../model/ramp.js';
import type { Attribution, Exhaustion } from './attribution.js';
import type { Finding } from './finding.js';
import type { Manifest } from '../model/recording.js';
import type { Code, FactsByCode } from './statement/index.js';
import type { OfTrial } from '../model/index.js';
import type { Assessment, GuardName, ServiceAssessment, ValidityCheck, Verdict } from './verdict.js';

/** The numbers and names of one statement, which depend on its code. */
type Facts = FactsByCode[Code];

/** A statement in words, together with its code and numbers, so that no program needs to parse the words. */
export interface Told {
  readonly code: Code;
  readonly facts: Facts;
  readonly sentence: string;
}

export type ToldCheck = Omit<ValidityCheck, 'said'> & Told;
/** `hint`: what to do about it; null if there is nothing to do. */
export type ToldFinding = Omit<Finding, 'said'> & Told & { readonly hint: string | null };
type ToldGuard = Told & { readonly name: GuardName };
export type ToldService = Omit<ServiceAssessment, 'said' | 'guards'> & Told & { readonly guards: readonly ToldGuard[] };
type ToldExhaustion = Exhaustion & { readonly code: 'labels-fill-memory'; readonly sentence: string };
export type ToldAttribution = Omit<Attribution, 'said' | 'exhaustion'> & {
  readonly said: readonly Told[];
  readonly sentences: readonly string[];
  readonly exhaustion: readonly ToldExhaustion[];
};

export type ToldAssessment = Omit<Assessment, 'services' | 'validity' | 'findings' | 'attribution'> & {
  readonly services: readonly ToldService[];
  readonly validity: readonly ToldCheck[];
  readonly findings: readonly ToldFinding[];
  readonly attribution?: readonly ToldAttribution[];
};

/** A verdict with all its sentences: what `result.json` holds and every report prints. */
export type ToldVerdict = Omit<Verdict, 'said' | 'advised' | 'assessment'> & {
  /** The verdict in plain words. */
  readonly sentence: string;
  readonly said: readonly Told[];
  /** What would decide an inconclusive verdict, or what to do next; null if there is nothing to do. */
  readonly advice: string | null;
  readonly advised: readonly Told[];
  readonly assessment: ToldAssessment;
};

type ToldNote = Told & OfTrial;

/** An action whose failure has its sentence. */
export type ToldAction = Omit<ActionRecord, 'failure'> & { readonly failure: Told | null };

type ToldRamp = Omit<RateRamp, 'steps'> & {
  readonly steps: readonly (Omit<RampStep, 'objections'> & { readonly objections: readonly Told[] })[];
};

/** A manifest whose notes, and the objections to its rates, have their sentences. */
export type ToldManifest = Omit<Manifest, 'notes' | 'ramp'> & {
  readonly notes: readonly ToldNote[];
  readonly ramp?: ToldRamp | null;
};
