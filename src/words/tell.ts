import type { Attribution } from '../results/attribution.js';
import type { Finding } from '../results/finding.js';
import type { ActionRecord } from '../model/action.js';
import type { Manifest, TrialRecording } from '../model/recording.js';
import type { Statement } from '../results/statement/index.js';
import type {
  Told,
  ToldAction,
  ToldAssessment,
  ToldAttribution,
  ToldCheck,
  ToldFinding,
  ToldManifest,
  ToldService,
  ToldVerdict,
} from '../results/told.js';
import type { Assessment, Guard, ServiceAssessment, ValidityCheck, Verdict } from '../results/verdict.js';
import { exhaustionSentence } from './exhaustion.js';
import { say, sayNote } from './say.js';
import { HINTS, OOM_HINT } from './statements/findings.js';

/**
 * Puts a verdict into words: each statement gets its sentence, beside the code and the numbers it was made from.
 * Numbers and outcomes stay as they are.
 * @example tell(judge(assess(recording))).sentence
 */
export function tell({ said, advised, assessment, ...verdict }: Verdict): ToldVerdict {
  const advice = advised.map(toldOf);
  return {
    outcome: verdict.outcome,
    sentence: said.map(say).join(' '),
    said: said.map(toldOf),
    assessment: tellAssessment(assessment),
    advice: advice.length === 0 ? null : advice.map(({ sentence }) => sentence).join(' '),
    advised: advice,
    next: verdict.next,
  };
}

/** A manifest with a sentence for each of its notes, and for each objection to a rate. */
export function tellManifest({ notes, ramp, ...manifest }: Manifest): ToldManifest {
  const steps = ramp?.steps.map(({ objections, ...step }) => ({ ...step, objections: objections.map(toldOf) }));
  return {
    ...manifest,
    notes: notes.map((note) => ({ ...note, sentence: sayNote(note) })),
    ...(ramp === undefined ? {} : { ramp: ramp === null ? null : { ...ramp, steps: steps ?? [] } }),
  };
}

/** An action with a sentence for its failure. */
export function tellAction({ failure, ...action }: ActionRecord): ToldAction {
  return { ...action, failure: failure === null ? null : toldOf(failure) };
}

/** Why a trial does not count, with its sentence; null if it counts. */
export function tellTrialEnd({ failure, setAside }: Pick<TrialRecording, 'failure' | 'setAside'>): Told | null {
  if (failure !== null) return toldOf(failure);
  if (setAside === undefined) return null;
  if (setAside.code === 'interrupted') return toldOf({ code: 'trial-interrupted', facts: {} });
  const { lateness, host } = setAside;
  return toldOf({ code: 'trial-disturbed', facts: { lateness, host } });
}

function toldOf(statement: Statement): Told {
  return { code: statement.code, facts: statement.facts, sentence: say(statement) };
}

function tellAssessment({ services, validity, findings, attribution, ...rest }: Assessment): ToldAssessment {
  return {
    ...rest,
    services: services.map(tellService),
    validity: validity.map(tellCheck),
    findings: findings.map(tellFinding),
    ...(attribution === undefined ? {} : { attribution: attribution.map(tellAttribution) }),
  };
}

function tellService({ said, guards, ...service }: ServiceAssessment): ToldService {
  const tellGuard = (guard: Guard) => ({ name: guard.name, ...toldOf(guard) });
  return { ...service, guards: guards.map(tellGuard), ...toldOf(said) };
}

function tellCheck({ said, ...check }: ValidityCheck): ToldCheck {
  return { ...check, ...toldOf(said) };
}

function tellFinding({ said, ...finding }: Finding): ToldFinding {
  return { ...finding, ...toldOf(said), hint: hintFor(said) };
}

function hintFor(said: Finding['said']): string | null {
  if (said.code === 'container-died') return said.facts.death.kind === 'oom-kill' ? OOM_HINT : null;
  return HINTS[said.code] ?? null;
}

function tellAttribution({ said, exhaustion, ...attribution }: Attribution): ToldAttribution {
  return {
    ...attribution,
    exhaustion: exhaustion.map((one) => ({ ...one, code: 'labels-fill-memory', sentence: exhaustionSentence(one) })),
    said: said.map(toldOf),
    sentences: said.map(say),
  };
}
