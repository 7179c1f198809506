import type { Assessment, Outcome, ServiceAssessment, Verdict } from '../model/index.js';
import { adviceFor } from './advice.js';
import { evidenceWords, moreWords, subjectName, thanBaseline } from './sentences.js';
import { list, plural } from '../words/numbers.js';

/**
 * The verdict on an assessment. Pass is never said for want of evidence: it takes a judged service, and every judged
 * service's own pass.
 */
export function judge(assessment: Assessment): Verdict {
  const outcome = outcomeOf(assessment);
  return {
    outcome,
    sentence: sentenceOf(outcome, assessment),
    assessment,
    advice: adviceFor(outcome, assessment),
    next: nextStep(outcome, assessment),
  };
}

/**
 * What must pass: every judged service's deciding metric. (What is counted beside it is judged only where it fails, and
 * then nothing passes.)
 */
const decidersOf = ({ services }: Assessment): ServiceAssessment[] => services.filter(({ judged }) => judged);

/** FAILs of judged services. `onlyFinalFails` has taken back those that still need a confirmation. */
const finalFails = (assessment: Assessment): ServiceAssessment[] =>
  decidersOf(assessment).filter(({ outcome }) => outcome === 'fail');

function isSound({ difference, bounds }: ServiceAssessment): boolean {
  return (
    difference !== null &&
    bounds !== null &&
    [difference.value, difference.lower, difference.upper, bounds.lower, bounds.upper].every(Number.isFinite)
  );
}

function outcomeOf(assessment: Assessment): Outcome {
  if (assessment.validity.some(({ ok }) => !ok)) return 'invalid';
  if (finalFails(assessment).length > 0 || assessment.findings.some(({ severity }) => severity === 'fail'))
    return 'fail';
  const judged = decidersOf(assessment);
  const passes =
    judged.length > 0 &&
    assessment.replicates >= 2 &&
    judged.every((service) => service.outcome === 'pass' && isSound(service));
  return passes ? 'pass' : 'inconclusive';
}

function nextStep(outcome: Outcome, assessment: Assessment): Verdict['next'] {
  if (outcome !== 'inconclusive') return 'stop';
  if (assessment.confirmation === 'wanted') return 'confirm';
  return assessment.nextLook === null || assessment.confirmation !== 'unneeded' ? 'stop' : 'continue';
}

/** How near the margin a service came, in margins. */
const nearness = ({ difference, margin }: ServiceAssessment): number =>
  difference === null ? -Infinity : difference.value / margin;
const nearest = (services: readonly ServiceAssessment[]): ServiceAssessment | undefined =>
  [...services].sort((a, b) => nearness(b) - nearness(a))[0];

function sentenceOf(outcome: Outcome, assessment: Assessment): string {
  if (outcome === 'invalid')
    return `The comparison is void: ${assessment.validity.find(({ ok }) => !ok)?.sentence ?? ''}.`;
  if (outcome === 'fail') return failSentence(assessment);
  if (outcome === 'pass') return passSentence(assessment);
  return openSentence(assessment);
}

function failSentence(assessment: Assessment): string {
  const failing = finalFails(assessment);
  const worst = nearest(failing);
  if (worst === undefined) return assessment.findings.find(({ severity }) => severity === 'fail')?.sentence ?? '';
  const others = failing.filter((service) => service !== worst).map(subjectName);
  return `${worst.sentence}${others.length > 0 ? ` So ${others.length === 1 ? 'does' : 'do'} ${list(others)}.` : ''}`;
}

function passSentence(assessment: Assessment): string {
  const judged = decidersOf(assessment);
  const settled = judged.filter(({ shape }) => shape === 'settled');
  if (judged.length > 1 && settled.length > 0)
    return `No service grows faster in the candidate beyond the margin for good; ${settled.map(({ sentence }) => sentence).join(' ')}`;
  const improved = assessment.services.find(
    (service) =>
      service.judged &&
      assessment.findings.some(({ kind, service: role }) => kind === 'improvement' && role === service.role),
  );
  if (improved?.difference && settled.length === 0) {
    const all = judged.length > 1 ? 'No service grows faster in the candidate beyond the margin, and ' : '';
    return `${all}${subjectName(improved)} improved: it grows ${moreWords(improved.difference, improved.unit)} in the candidate than in the baseline ${evidenceWords(improved)}.`;
  }
  const closest = nearest(judged);
  if (closest === undefined || closest.difference === null || judged.length === 1) return closest?.sentence ?? '';
  return `None of ${plural(judged.length, 'service')} grows faster in the candidate beyond the margin; nearest to it is ${subjectName(closest)}, which grows ${thanBaseline(closest.difference, closest.unit)} ${evidenceWords(closest)}.`;
}

function openSentence(assessment: Assessment): string {
  const judged = decidersOf(assessment);
  if (assessment.replicates === 0) return 'Nothing was measured: no replicate went through on both arms.';
  if (judged.length === 0) return 'Nothing was judged: no service of the recording counts towards the verdict.';
  const open = judged.filter(({ outcome }) => outcome !== 'pass');
  const first = nearest(open);
  const rest =
    open.length > 1
      ? ` ${plural(open.length - 1, 'more service')} of ${judged.length} ${open.length === 2 ? 'is' : 'are'} undecided too.`
      : '';
  return `${first?.sentence ?? ''}${rest}`;
}
