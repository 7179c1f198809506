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
export interface Worded {
  readonly code: Code;
  readonly facts: Facts;
  readonly sentence: string;
}

export type WordedCheck = Omit<ValidityCheck, 'said'> & Worded;
/** `hint`: what to do about it; null if there is nothing to do. */
export type WordedFinding = Omit<Finding, 'said'> & Worded & { readonly hint: string | null };
type WordedGuard = Worded & { readonly name: GuardName };
export type WordedService = Omit<ServiceAssessment, 'said' | 'guards'> &
  Worded & { readonly guards: readonly WordedGuard[] };
type WordedExhaustion = Exhaustion & { readonly code: 'labels-fill-memory'; readonly sentence: string };
export type WordedAttribution = Omit<Attribution, 'said' | 'exhaustion'> & {
  readonly said: readonly Worded[];
  readonly sentences: readonly string[];
  readonly exhaustion: readonly WordedExhaustion[];
};

export type WordedAssessment = Omit<Assessment, 'services' | 'validity' | 'findings' | 'attribution'> & {
  readonly services: readonly WordedService[];
  readonly validity: readonly WordedCheck[];
  readonly findings: readonly WordedFinding[];
  readonly attribution?: readonly WordedAttribution[];
};

/** A verdict with all its sentences: what `result.json` holds and every report prints. */
export type WordedVerdict = Omit<Verdict, 'said' | 'advised' | 'assessment'> & {
  /** The verdict in plain words. */
  readonly sentence: string;
  readonly said: readonly Worded[];
  /** What would decide an inconclusive verdict, or what to do next; null if there is nothing to do. */
  readonly advice: string | null;
  readonly advised: readonly Worded[];
  readonly assessment: WordedAssessment;
};

type WordedNote = Worded & OfTrial;

/** An action whose failure has its sentence. */
export type WordedAction = Omit<ActionRecord, 'failure'> & { readonly failure: Worded | null };

type WordedRamp = Omit<RateRamp, 'steps'> & {
  readonly steps: readonly (Omit<RampStep, 'objections'> & { readonly objections: readonly Worded[] })[];
};

/** A manifest whose notes, and the objections to its rates, have their sentences. */
export type WordedManifest = Omit<Manifest, 'notes' | 'ramp'> & {
  readonly notes: readonly WordedNote[];
  readonly ramp?: WordedRamp | null;
};
