import type { Outcome } from '../model/index.js';
import type { Assessment, Finding, ServiceAssessment, Statement, SubjectName, Verdict } from '../results/index.js';
import { adviceFor } from './advice.js';

/**
 * The verdict on an assessment. Missing evidence never gives a PASS: it needs a judged service, and a pass of every
 * judged service.
 */
export function judge(assessment: Assessment): Verdict {
  const outcome = outcomeOf(assessment);
  return {
    outcome,
    said: statementsOf(outcome, assessment),
    assessment,
    advised: adviceFor(outcome, assessment),
    next: nextStep(outcome, assessment),
  };
}

/**
 * What must pass: the deciding metric of every judged service. (Counts are judged only if they fail, and then nothing
 * passes.)
 */
const decidersOf = ({ services }: Assessment): ServiceAssessment[] => services.filter(({ judged }) => judged);

/** FAILs of judged services. `onlyFinalFails` has removed those that still need a confirmation. */
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
  const { nextLook, confirmation } = assessment;
  // More replicates tell more of the live heap. They do not change what a longer pair showed.
  return nextLook !== null && (confirmation === 'unneeded' || confirmation === 'live-heap-differs')
    ? 'continue'
    : 'stop';
}

/** The distance of a service from the margin, in margins. */
const nearness = ({ difference, margin }: ServiceAssessment): number =>
  difference === null ? -Infinity : difference.value / margin;
const nearest = (services: readonly ServiceAssessment[]): ServiceAssessment | undefined =>
  [...services].sort((a, b) => nearness(b) - nearness(a))[0];

/** The statements of the verdict, the worst first. */
function statementsOf(outcome: Outcome, assessment: Assessment): Statement[] {
  if (outcome === 'invalid') return voidStatements(assessment);
  if (outcome === 'fail') return failStatements(assessment);
  if (outcome === 'pass') return passStatements(assessment);
  return openStatements(assessment);
}

function voidStatements({ validity }: Assessment): Statement[] {
  return [
    { code: 'void', facts: {} },
    ...validity
      .filter(({ ok }) => !ok)
      .map(({ said }) => said)
      .slice(0, 1),
  ];
}

const subjectOf = ({ role, metric }: ServiceAssessment): SubjectName => ({ role, metric });

function failStatements(assessment: Assessment): Statement[] {
  const failing = finalFails(assessment);
  const worst = nearest(failing);
  if (worst === undefined) {
    const found = assessment.findings.find(({ severity }) => severity === 'fail');
    return found === undefined ? [] : [found.said, ...besideTime(found, assessment)];
  }
  const subjects = failing.filter((service) => service !== worst).map(subjectOf);
  const others: Statement[] = subjects.length === 0 ? [] : [{ code: 'others-grow', facts: { subjects } }];
  return [worst.said, ...inTwoParts(worst), ...others];
}

/** Growth with requests that is surely above the margin beside growth with time, though no longer pair confirmed it. */
function besideTime({ kind, service }: Finding, assessment: Assessment): Statement[] {
  if (kind !== 'grows-with-time') return [];
  return decidersOf(assessment)
    .filter(({ role, margin, time }) => role === service && (time?.split?.perRequest.difference.lower ?? 0) > margin)
    .flatMap(inTwoParts);
}

/** The growth of a service that grows with time: per hour, and per request. Empty if it does not. */
function inTwoParts({ role, metric, margin, time }: ServiceAssessment): Statement[] {
  if (!time?.split) return [];
  const { difference: perHour } = time;
  const { difference: perRequest } = time.split.perRequest;
  const explained = perRequest.lower <= margin;
  return [{ code: 'growth-in-two-parts', facts: { role, metric, perHour, perRequest, margin, explained } }];
}

function passStatements(assessment: Assessment): Statement[] {
  const judged = decidersOf(assessment);
  const closest = nearest(judged);
  if (closest === undefined) return [];
  const settled = judged.filter(({ said }) => said.code === 'growth-settled').map(({ said }) => said);
  if (settled.length > 0)
    return judged.length === 1 ? settled : [{ code: 'all-pass-some-settled', facts: {} }, ...settled];
  const improved = assessment.findings.find(
    ({ kind, service }) => kind === 'improvement' && judged.some(({ role }) => role === service),
  );
  const all = judged.length === 1 ? [] : allWithin(judged.length, closest);
  if (improved !== undefined) return [...all, improved.said];
  return judged.length === 1 ? [closest.said] : all;
}

function allWithin(services: number, { said }: ServiceAssessment): Statement[] {
  if (said.code !== 'growth-passes') return [said];
  return [{ code: 'all-within-margin', facts: { services, nearest: said.facts } }];
}

function openStatements(assessment: Assessment): Statement[] {
  const judged = decidersOf(assessment);
  if (assessment.replicates === 0) return [{ code: 'nothing-measured', facts: {} }];
  const open = judged.filter(({ outcome }) => outcome !== 'pass');
  const first = nearest(open);
  if (first === undefined) return [{ code: 'nothing-judged', facts: {} }];
  return open.length === 1
    ? [first.said]
    : [first.said, { code: 'others-open', facts: { others: open.length - 1, of: judged.length } }];
}
