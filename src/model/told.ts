import type { Attribution, Exhaustion } from './attribution.js';
import type { Finding } from './finding.js';
import type { Code, FactsByCode } from './statement/index.js';
import type { Assessment, GuardName, ServiceAssessment, ValidityCheck, Verdict } from './verdict.js';

/** A statement in words, with the code and the numbers that it was made from beside it: nobody needs to parse it. */
export interface Told {
  readonly code: Code;
  readonly facts: FactsByCode[Code];
  readonly sentence: string;
}

export type ToldCheck = Omit<ValidityCheck, 'said'> & Told;
/** `hint`: what to do about it; null if nothing is to be done. */
export type ToldFinding = Omit<Finding, 'said'> & Told & { readonly hint: string | null };
type ToldGuard = Told & { readonly name: GuardName };
export type ToldService = Omit<ServiceAssessment, 'said' | 'guards'> & Told & { readonly guards: readonly ToldGuard[] };
type ToldExhaustion = Exhaustion & { readonly sentence: string };
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
  /** What would settle an inconclusive verdict, or what to do next; null if nothing is owed. */
  readonly advice: string | null;
  readonly advised: readonly Told[];
  readonly assessment: ToldAssessment;
};
