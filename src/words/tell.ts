import type { Attribution } from '../results/attribution.js';
import type { Finding } from '../results/finding.js';
import type { ActionRecord } from '../model/action.js';
import type { Manifest, TrialRecording } from '../model/recording.js';
import type { Statement } from '../results/statement/index.js';
import type {
  Worded,
  WordedAction,
  WordedAssessment,
  WordedAttribution,
  WordedCheck,
  WordedFinding,
  WordedManifest,
  WordedService,
  WordedVerdict,
} from '../results/worded.js';
import type { Assessment, Guard, ServiceAssessment, ValidityCheck, Verdict } from '../results/verdict.js';
import { exhaustionSentence } from './exhaustion.js';
import { say, sayNote } from './say.js';
import { HINTS, OOM_HINT } from './statements/findings.js';

/**
 * Puts a verdict into words: each statement gets its sentence, beside the code and the numbers it was made from.
 * Numbers and outcomes stay as they are.
 * @example tell(judge(assess(recording))).sentence
 */
export function tell({ said, advised, assessment, ...verdict }: Verdict): WordedVerdict {
  const advice = advised.map(worded);
  return {
    outcome: verdict.outcome,
    sentence: said.map(say).join(' '),
    said: said.map(worded),
    assessment: tellAssessment(assessment),
    advice: advice.length === 0 ? null : advice.map(({ sentence }) => sentence).join(' '),
    advised: advice,
    next: verdict.next,
  };
}

/** A manifest with a sentence for each of its notes, and for each objection to a rate. */
export function tellManifest({ notes, ramp, ...manifest }: Manifest): WordedManifest {
  const steps = ramp?.steps.map(({ objections, ...step }) => ({ ...step, objections: objections.map(worded) }));
  return {
    ...manifest,
    notes: notes.map((note) => ({ ...note, sentence: sayNote(note) })),
    ...(ramp === undefined ? {} : { ramp: ramp === null ? null : { ...ramp, steps: steps ?? [] } }),
  };
}

/** An action with a sentence for its failure. */
export function tellAction({ failure, ...action }: ActionRecord): WordedAction {
  return { ...action, failure: failure === null ? null : worded(failure) };
}

/** Why a trial does not count, with its sentence; null if it counts. */
export function tellTrialEnd({ failure, setAside }: Pick<TrialRecording, 'failure' | 'setAside'>): Worded | null {
  if (failure !== null) return worded(failure);
  if (setAside === undefined) return null;
  if (setAside.code === 'interrupted') return worded({ code: 'trial-interrupted', facts: {} });
  const { lateness, host } = setAside;
  return worded({ code: 'trial-disturbed', facts: { lateness, host } });
}

function worded(statement: Statement): Worded {
  return { code: statement.code, facts: statement.facts, sentence: say(statement) };
}

function tellAssessment({ services, validity, findings, attribution, ...rest }: Assessment): WordedAssessment {
  return {
    ...rest,
    services: services.map(tellService),
    validity: validity.map(tellCheck),
    findings: findings.map(tellFinding),
    ...(attribution === undefined ? {} : { attribution: attribution.map(tellAttribution) }),
  };
}

function tellService({ said, guards, ...service }: ServiceAssessment): WordedService {
  const tellGuard = (guard: Guard) => ({ name: guard.name, ...worded(guard) });
  return { ...service, guards: guards.map(tellGuard), ...worded(said) };
}

function tellCheck({ said, ...check }: ValidityCheck): WordedCheck {
  return { ...check, ...worded(said) };
}

function tellFinding({ said, ...finding }: Finding): WordedFinding {
  const { accepted } = finding;
  const told = worded(said);
  const sentence = accepted === undefined ? told.sentence : `${told.sentence} ${acceptedWords(accepted)}`;
  return { ...finding, ...told, sentence, hint: hintFor(said) };
}

function acceptedWords({ owner, expires, reason }: NonNullable<Finding['accepted']>): string {
  return `Accepted by ${owner} until ${expires}: ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`;
}

function hintFor(said: Finding['said']): string | null {
  if (said.code === 'container-died') return said.facts.death.kind === 'oom-kill' ? OOM_HINT : null;
  return HINTS[said.code] ?? null;
}

function tellAttribution({ said, exhaustion, ...attribution }: Attribution): WordedAttribution {
  return {
    ...attribution,
    exhaustion: exhaustion.map((one) => ({ ...one, code: 'labels-fill-memory', sentence: exhaustionSentence(one) })),
    said: said.map(worded),
    sentences: said.map(say),
  };
}
