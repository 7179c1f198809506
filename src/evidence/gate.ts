import { poolEvidence, withKnownSteps, type GrowthEvidence } from '../statistics/estimators/growth-evidence.js';
import type { Look } from '../procedure/alpha-spending.js';
import { judgeFamily, type Alphas, type MemberJudgement } from '../procedure/judge-family.js';
import type { Subject } from './subject.js';

/** A subject with the evidence of its replicates and the judgement of the gate. */
export interface GatedSubject {
  readonly subject: Subject;
  /** From all usable replicates; null if there are none. */
  readonly evidence: GrowthEvidence | null;
  /** Null with fewer than two usable replicates. */
  readonly member: MemberJudgement | null;
}

function evidenceOf(subject: Subject, count: number): GrowthEvidence {
  const evidence = poolEvidence(
    subject.replicates.slice(0, count).map(({ measure }) => measure),
    subject.quantum,
  );
  if (subject.prior !== undefined) return { ...evidence, prior: subject.prior };
  return subject.stepsKnown ? withKnownSteps(evidence) : evidence;
}

/** How subjects are judged together. */
interface Judging {
  /** Subjects that share the correction for many tests. The others are judged alone. */
  readonly inFamily: (subject: Subject) => boolean;
  /** No longer pair will confirm a FAIL. */
  readonly unconfirmed: boolean;
  /** The traffic's mix changes within the window. */
  readonly inPhases: boolean;
}

/** Runs subjects through all looks. */
export function gateSubjects(
  subjects: readonly Subject[],
  looks: readonly Look[],
  alphas: Alphas,
  { inFamily, unconfirmed, inPhases }: Judging,
): GatedSubject[] {
  const judgeable = subjects.filter(({ replicates }) => replicates.length >= 2);
  const usable = looks.filter(({ replicates }) => replicates >= 2);
  const families = [
    judgeable.filter(inFamily),
    ...judgeable.filter((subject) => !inFamily(subject)).map((subject) => [subject]),
  ];
  const judged = new Map<Subject, MemberJudgement>();
  for (const family of families) {
    const members = family.map((subject) => ({
      margin: subject.margin,
      unconfirmed,
      inPhases,
      loadUnknown: subject.unit.endsWith('/s'),
      evidenceAt: (look: Look) => evidenceOf(subject, look.replicates),
    }));
    for (const [i, member] of judgeFamily(members, usable, alphas).entries()) judged.set(family[i] as Subject, member);
  }
  return subjects.map((subject) => ({
    subject,
    evidence: subject.replicates.length > 0 ? evidenceOf(subject, subject.replicates.length) : null,
    member: judged.get(subject) ?? null,
  }));
}
