import type { CheckFacts, CheckStatement, Contradiction, Death } from '../../results/statement/index.js';
import { amount, growth } from '../growth.js';
import { count, duration, list, percent, plural, significant } from '../numbers.js';
import { damageWords } from './recording-faults.js';
import { failureWords } from './failures.js';
import type { Sentences } from './sentences.js';

const abortedWords = (aborted: number): string =>
  aborted === 0 ? '' : ` The client hung up on ${plural(aborted, 'request')} as planned.`;

/** What the checks of a fair comparison say. */
export const CHECKS: Sentences<CheckFacts> = {
  'shortfall-explains-nothing': ({ shortfall, effect, spare, unit }) =>
    `${checkWords(shortfall)} This cannot explain the verdict: at most it moved the difference by ` +
    `${growth(effect, unit)}, and the verdict has ${amount(spare, unit)} to spare.`,
  'broken-by-death': ({ shortfall }) =>
    `${checkWords(shortfall)} The end of the candidate's process explains it: see the findings.`,
  'recording-whole': ({ sealed }) =>
    sealed
      ? 'The recording is complete: every line has the right number and checksum.'
      : 'Every line of the recording can be read. It has no seal, so changes cannot be noticed.',
  'recording-damaged': (damage) => `${damageWords(damage)} Nobody can know what was lost or changed.`,
  'containers-known': () =>
    'Every trial says which containers ran, and one version has the same images in every trial.',
  'containers-unknown': ({ trial }) => `${trial}: there is no record of which containers ran.`,
  'event-of-unknown-service': ({ trial, service, kind }) =>
    `${trial}: there is an event (${kind}) of ${service}, but no container of that name ran.`,
  'readings-of-unknown-container': ({ trial, service, container }) =>
    `${trial}: there are readings of container ${count(container)} of ${service}, but no such container ran.`,
  'image-changed': ({ service, trials: [one, other] }) =>
    `${service} ran from one image in ${one} and from another in ${other}.`,
  'trials-independent': () => 'No trial is a copy of another.',
  'trials-copied': ({ trials: [one, other] }) =>
    `${one} and ${other} have the same measurements: one is a copy of the other. A copy does not count as a replicate.`,
  'services-copied': ({ trial, services: [one, other] }) =>
    `${trial}: ${one} and ${other} have the same readings: one is a copy of the other.`,
  'images-alike': ({ services, images: [one, other] }) =>
    `Both versions ran from the same ${services.length === 1 ? 'image' : 'images'} (${list(services)}), though the ` +
    `names differ: ${one} and ${other}. To compare a version with itself, write "expect: same".`,
  'record-consistent': () => 'What is on record of each trial does not contradict itself.',
  'record-contradicts': ({ trial, what, told, other }) =>
    `${trial}: ${CONTRADICTIONS[what](told, other)}. The record contradicts itself.`,
  'answers-served': () => 'Most requests were answered by a server that worked (no status of 500 or above).',
  'answers-failed': ({ trial, failed, answered, status }) =>
    `${trial}: ${count(failed)} of ${plural(answered, 'answer')} say that a server failed (most often ${status}), so ` +
    'the versions were not tested with the traffic that was meant. Does the origin work? If these answers are meant, ' +
    'list their statuses in traffic.blockedStatuses.',
  'decisions-unknown': ({ trial, statuses, planned }) =>
    `${trial}: the answers to ${count(statuses)} of ${plural(planned, 'request')} are on record, ` +
    'so it is not known if both versions made the same decisions.',
  'same-trace': ({ digest }) => `Every trial got the same requests (SHA-256 ${digest.slice(0, 16)}…).`,
  'traces-differ': ({ trial }) => `${trial}: the two versions did not get the same requests.`,
  'trace-not-planned': ({ trial }) => `${trial}: it got other requests than the manifest says.`,
  'all-sent': () => 'Every planned request was sent exactly once and in order.',
  'nothing-on-record': ({ trial }) => `${trial}: there is no record of what was sent.`,
  'sent-count-differs': ({ trial, sent, planned }) =>
    `${trial}: ${plural(sent, 'request')} were sent instead of ${count(planned)}.`,
  'sent-content-differs': ({ trial }) =>
    `${trial}: the requests that were sent are not the planned ones (their digests differ).`,
  'all-answered': ({ aborted }) => `Nearly every request was answered.${abortedWords(aborted)}`,
  'answers-missing': ({ trial, answered, expected, aborted, closed }) => {
    const closedWords =
      closed === 0
        ? ''
        : ` The target closed the connection on ${count(closed)} of them, as busy servers do: lower the rate.`;
    const missing = `${trial}: only ${count(answered)} of ${plural(expected, 'request')} were answered.`;
    return `${missing}${closedWords}${abortedWords(aborted)}`;
  },
  'values-captured': () => 'Nearly every request of a journey carried the values that it takes from earlier answers.',
  'captures-unknown': ({ trial }) =>
    `${trial}: there is no record of the values that journeys should have taken from answers.`,
  'values-missing': ({ trial, label, without, requests, missed }) => {
    const some = `${count(without)} of ${count(requests)} ${label} requests`;
    const what = `${trial}: ${some} were sent without a value that an earlier answer should have given.`;
    if (missed === null) return `${what} The answers came too late: give the journey more users, or lower the rate.`;
    const where = `"${missed.name}" was missing in ${count(missed.missed)} of ${plural(missed.answers, 'answer')}.`;
    return `${what} ${where} Look at what the entry answers there.`;
  },
  'window-cut': ({ trial, requests, planned }) =>
    `${trial}: the judged window has ${plural(requests, 'request')}, but ${count(planned)} were planned.`,
  'pace-kept': () => 'Both versions kept to the schedule.',
  'pace-early': ({ trial, early }) =>
    `${trial} ended ${percent(early)} before its schedule, so it was not the load of the scenario.`,
  'pace-late': ({ trial, lateness, together, rate }) => {
    const who = together ? 'The host was too busy, or neither version can keep up' : 'This version could not keep up';
    const what = `${trial} took ${percent(lateness)} longer than the schedule.`;
    return `${what} ${who} with ${significant(rate)} requests/s on this host.`;
  },
  'origin-agrees': () => 'The origin saw exactly the requests that were not blocked.',
  'origin-silent': ({ trial }) => `${trial}: the origin did not say which requests reached it.`,
  'origin-count-differs': ({ trial, passed, reached }) =>
    `${trial}: ${plural(passed, 'request')} were not blocked, but ${count(reached)} reached the origin.`,
  'origin-content-differs': ({ trial }) =>
    `${trial}: the requests that reached the origin are not the ones that were not blocked (their digests differ).`,
  'decided-alike': () => 'Both versions made the same decision on every request.',
  'decided-almost-alike': ({ differing }) =>
    `The two versions decided ${plural(differing, 'request')} differently, which is within the tolerance.`,
  'decided-otherwise': ({ labels, tolerance }) => {
    const parts = labels.map(
      ({ label, differing, requests }) => `${count(differing)} of ${count(requests)} ${label} requests`,
    );
    const accepted = `At most ${percent(tolerance)} of a label may differ.`;
    return `The two versions decided ${list(parts)} differently. ${accepted}`;
  },
  'actions-done': ({ requestsApart }) =>
    requestsApart === 0
      ? 'Every action was done on both versions after exactly the same request.'
      : `Every action was done on both versions, at most ${plural(requestsApart, 'request')} apart.`,
  'action-not-done': ({ trial, action }) => `${trial}: the action "${action}" was not done.`,
  'action-failed': ({ trial, number, of, sent, failure }) =>
    `${trial}: action ${count(number)} of ${count(of)} failed after ${plural(sent, 'request')} ` +
    `(“${failureWords(failure)}”).`,
  'actions-differ': ({ baseline, candidate }) => `${baseline} and ${candidate} did not do the same actions.`,
  'action-apart': ({ action, baseline, candidate }) => {
    const one = `after ${plural(baseline.requests, 'request')} in ${baseline.trial}`;
    const other = `after ${plural(candidate.requests, 'request')} in ${candidate.trial}`;
    const why = 'The action before it, or the traffic, was delayed in one of them.';
    return `The action "${action}" was done ${one} and ${other}. ${why}`;
  },
  'containers-lived': () => 'Every judged container ran from the start to the end of every trial.',
  'baseline-lived': () =>
    'Every judged container of the baseline ran from the start to the end of every trial. ' +
    'Containers of the candidate did not: see the findings.',
  'baseline-died': ({ death, candidateToo }) => {
    const both = candidateToo ? ' Containers of the candidate died too.' : '';
    const why = 'Growth can be compared only if one process runs through the whole trial.';
    return `${deathWords(death)}.${both} ${why}`;
  },
};

const CONTRADICTIONS: Readonly<Record<Contradiction['what'], (told: number, other: number) => string>> = {
  'statuses-differ': (told, other) =>
    `by label, ${plural(told, 'request')} had a certain answer, but ${count(other)} by the list of all answers`,
  'answers-beyond-requests': (told, other) => `${plural(told, 'request')} were answered, but only ${count(other)} sent`,
  'passed-beyond-answers': (told, other) =>
    `${plural(told, 'request')} were not blocked, but only ${count(other)} answered`,
  'window-beyond-answers': (told, other) =>
    `the window ends after ${plural(told, 'request')}, but only ${count(other)} were answered`,
  'late-beyond-trial': (told, other) =>
    `a request or an answer was late by ${duration(told)}, but the trial took only ${duration(other)}`,
  'time-backwards': (told, other) =>
    `one phase goes on to ${duration(other)}, and the next point is at ${duration(told)}`,
  'requests-backwards': (told, other) =>
    `one phase goes on to ${plural(other, 'request')}, and the next point is at ${count(told)}`,
};

function checkWords({ code, facts }: CheckStatement): string {
  return (CHECKS[code] as (facts: CheckStatement['facts']) => string)(facts);
}

const DEATHS: Readonly<Record<Death['kind'], string>> = {
  'oom-kill': 'was killed by the kernel because memory ran out',
  exit: 'exited',
  restart: 'was restarted',
  'process-replaced': 'had its process replaced',
  vanished: 'was removed by somebody',
};

/** `waf of the baseline exited after 1,200 requests (r1-baseline: exit code 1; last line of its log: “…”)` */
export function deathWords({ role, arm, trial, kind, requests, detail, lastLine }: Death): string {
  const parts = [
    ...(detail === '' ? [] : [detail]),
    ...(lastLine === null ? [] : [`last line of its log: “${lastLine}”`]),
  ];
  const where = parts.length === 0 ? trial : `${trial}: ${parts.join('; ')}`;
  return `${role} of the ${arm} ${DEATHS[kind]} after ${plural(requests, 'request')} (${where})`;
}
