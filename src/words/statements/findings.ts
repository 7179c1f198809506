import type { FailedAnswers, FindingFacts } from '../../results/statement/index.js';
import { meanLoad } from '../../model/index.js';
import { hostDifferenceWords } from '../host-differences.js';
import { estimate, growth } from '../growth.js';
import { hostLoadWords } from '../host-load.js';
import { count, duration, durationRange, list, memory, percent, plural, significant } from '../numbers.js';
import { comparedWithBaseline, evidenceWords, growthOf, level, roleName, subjectName } from '../subject.js';
import { isBytes, metricName } from '../metrics.js';
import { CHECKS, deathWords } from './checks.js';
import { failureWords } from './failures.js';
import { usageDriftWords, usageHigherWords } from '../usage.js';
import { leftOutWords, missingWords } from './series-faults.js';
import type { Sentences } from './sentences.js';

/** Number of examples in a sentence; the report's table has more. */
const IN_SENTENCE = 3;

/** What a finding says. */
export const FINDINGS: Sentences<FindingFacts> = {
  improved: ({ unit, difference, withinMargin, ...name }) => {
    const { interval, confidence } = estimate(difference, unit);
    const size = withinMargin ? ' That is less than the margin, but it is certain.' : '';
    const evidence = `(${confidence} interval of the difference ${interval})`;
    return `${subjectName(name)} improved: it grows ${comparedWithBaseline(difference, unit)} ${evidence}.${size}`;
  },
  'both-grow': ({ unit, baseline, candidate, ...name }) =>
    `${subjectName(name)} grows in both versions: by ${growth(baseline, unit)} in the baseline ` +
    `and by ${growth(candidate, unit)} in the candidate.`,
  'count-grows': ({ unit, difference, surelyMoreThan, ...name }) =>
    `${subjectName(name)} grow faster in the candidate than in the baseline, by ${growth(difference, unit)} ` +
    `(surely by more than ${growth(surelyMoreThan, unit)}).`,
  'usage-higher': usageHigherWords,
  'usage-drifts': usageDriftWords,
  'level-higher': ({ more, baseline, ...name }) =>
    `${subjectName(name)} needs ${level(more, name.metric)} (${percent(more / baseline)}) more in the candidate ` +
    `when the window starts: the baseline needs ${level(baseline, name.metric)}. Growth is not included.`,
  'action-leaves': ({ action, baseline, candidate, ...name }) =>
    `Each "${action}" changes the memory of ${subjectName(name)} by ${memory(baseline)} in the baseline ` +
    `and by ${memory(candidate)} in the candidate.`,
  'hidden-by-actions': ({ unit, growth: value, ...name }) =>
    `Between the actions ${subjectName(name)} grows faster in the candidate than in the baseline, ` +
    `by ${growth(value, unit)}. Over the whole window the actions hide this.`,
  'grows-with-time': (facts) => {
    const { unit, difference, seconds, ...name } = facts;
    const grows = `${subjectName(name)} grows ${comparedWithBaseline(difference, unit)}`;
    return (
      `${grows}, even without any request ${evidenceWords(facts)}. ` +
      `This was measured in the ${duration(seconds)} after the load, and the growth under load agrees with it.`
    );
  },
  'live-heap-grows': ({ unit, difference, margin, role }) =>
    `The live heap of ${roleName(role)} grows ${comparedWithBaseline(difference, unit)} ` +
    `${evidenceWords({ unit, difference, margin })}: blocks that it does not give back, counted by the lens. ` +
    'The memory that the kernel counts is not exact enough in windows this short to show it.',
  'near-limit': ({ peak, limit, ...name }) =>
    `${subjectName(name)} of the candidate reached ${level(peak, name.metric)} at its peak, ` +
    `${percent(peak / limit)} of its limit of ${level(limit, name.metric)}.`,
  'container-died': ({ death, times }) => {
    const again = times > 1 ? ` This happened ${count(times)} times.` : '';
    return `${deathWords(death)}.${again} The baseline kept running.`;
  },
  'acceptance-expired': ({ finding, owner, expires }) =>
    `${owner} accepted ${finding} until ${expires}. A trial of this run began later, so the entry has no effect.`,
  'acceptance-unused': ({ finding, owner, expires }) =>
    `${owner} accepted ${finding} until ${expires}, but it was not found. ` +
    'Remove the entry if it is not needed any more.',
  'trials-alike': ({ trials: [one, other] }) =>
    `${one} and ${other} have the same measurements, but belong to different versions. ` +
    'This recording has no seal, so it is not known which version is right.',
  'same-images': ({ services }) =>
    `Both versions ran from the same ${services.length === 1 ? 'image' : 'images'} (${list(services)}): only their ` +
    'settings and files differ. To compare a version with itself, write "expect: same".',
  'hosts-unlike': ({ differences }) =>
    `The two versions ran on hosts that differ: ${list(differences.map(hostDifferenceWords))}.`,
  'one-sided': ({ role, arm, unit, growth: value }) => {
    const grows = value === null ? '' : ` There it grows by ${growth(value, unit)}.`;
    const judged =
      arm === 'candidate'
        ? 'It is judged by its own growth and as a part of the whole stack.'
        : 'It is not judged by itself, only as a part of the whole stack.';
    return `${role} exists only in the ${arm}.${grows} ${judged}`;
  },
  'memory-runs-out': ({ arm, unit, growth: value, perHour, ratePerSecond, headroomBytes, ...rest }) => {
    const load = ratePerSecond === null ? '' : ` at ${significant(ratePerSecond)} requests/s`;
    const time = durationRange(rest.shortestSeconds, rest.longestSeconds);
    const wanted = rest.wantedSeconds === null ? '' : ` It should last ${duration(rest.wantedSeconds)}.`;
    const grows = `${subjectName(rest)} of the ${arm} grows by ${growthOf(value, unit)}`;
    const alone = perHour === undefined ? '' : `, and by ${growthOf(perHour, 'bytes/h')} without any request`;
    return `${grows}${alone}. That fills ${memory(headroomBytes)}${load} in ${time}.${wanted}`;
  },
  'memory-returned': ({ arm, returned, before, metric, role }) =>
    `When the load ended, ${roleName(role)} of the ${arm} gave back ${level(returned, metric)} ` +
    `of its ${level(before, metric)}. This part is not a leak.`,
  'requests-decided-differently': ({ label, differing, requests, examples }) => {
    const answer = (status: number): string => (status === 0 ? 'no answer' : String(status));
    const shown = examples
      .slice(0, IN_SENTENCE)
      .map(
        ({ index, request, baseline, candidate }) =>
          `${request ?? `request ${count(index)}`} (${answer(baseline)} → ${answer(candidate)})`,
      );
    const kind = label === null ? '' : `${label} `;
    const among = shown.length === 0 ? '' : `, for example ${list(shown)}`;
    return `The two versions decided ${count(differing)} of ${count(requests)} ${kind}requests differently${among}.`;
  },
  'server-failed': ({ label, status, baseline, candidate }) => {
    const share = ({ failed, answered }: FailedAnswers): string =>
      `${count(failed)} of ${count(answered)} (${percent(failed / Math.max(1, answered))})`;
    return (
      `Answers to ${label} say that a server failed (status 500 or above, most often ${status}): ${share(baseline)} ` +
      `in the baseline, ${share(candidate)} in the candidate. These requests were not served as in production.`
    );
  },
  'fell-short': (facts) => CHECKS['shortfall-explains-nothing'](facts),
  'host-busy': ({ load }) => `The host was busy while the trials ran: ${hostLoadWords(load) ?? 'it does not tell'}.`,
  'pairs-set-aside': ({ trials }) => {
    const late = list(trials.map(({ trial, lateness }) => `${trial} by ${percent(lateness)}`));
    const load = hostLoadWords(meanLoad(trials.map(({ host }) => ({ seconds: 1, ...host }))));
    const busy = load === null ? '' : ` Meanwhile ${load}.`;
    const many = trials.length > 2 ? 'These pairs were' : 'This pair was';
    return `Both versions ran late: ${late}.${busy} ${many} set aside and repeated. This rule does not look at memory.`;
  },
  'replicates-missing': ({ replicates }) =>
    `${plural(replicates.length, 'replicate')} could not be used: ${list(replicates.map(leftOutWords))}.`,
  'repeated-after-error': ({ trial, failure }) =>
    `${trial} was repeated after an error, and only its last try counts: ${failureWords(failure)}`,
  'series-missing': ({ role, missing }) => `Not used for ${roleName(role)}: ${list(missing.map(missingWords))}.`,
  'readings-misread': ({ role, metric, readings, example }) =>
    `${plural(readings, 'reading')} of the ${isBytes(metric) ? 'memory' : metricName(metric)} of ${roleName(role)} ` +
    `left out as misread: so far from the readings beside them, for example ${level(example, metric)}.`,
  'counts-stuck': ({ arm, seconds, ...name }) =>
    `It is not known if ${subjectName(name)} grow: in the ${arm} they moved, and then stayed at one value for the ` +
    `last ${count(seconds)} seconds of the window or more, while the load went on. Their readings may be stuck.`,
};

/** What to do about a finding. A code that is not listed here has no hint. */
export const HINTS: Readonly<Partial<Record<keyof FindingFacts, string>>> = {
  'both-grow': 'This is not a regression. It is a leak, or a cache that is not full yet. A longer run tells which.',
  'count-grows': 'A leak of descriptors, threads or sockets ends in refused connections, even if memory does not grow.',
  'usage-higher': 'Check that there is room for it: processors, disks and logs are planned for the version of today.',
  'usage-drifts':
    'What takes longer with every request does not end by itself: look for a list or a table that is searched for ' +
    'each request and grows.',
  'grows-with-time':
    'Look for what the candidate does at intervals: timers, background jobs, statistics, sessions that never expire.',
  'live-heap-grows':
    'Run it with the preset "gate" or "standard": their windows are long enough to decide on a growth this small.',
  'level-higher': 'This memory is needed once and does not grow. Check that the limit is high enough for it.',
  'hidden-by-actions':
    'An action gives back the memory that was gained before it: run without actions, or with as few as in production.',
  'hosts-unlike': 'Run both versions on one host. To measure what the hosts change, give both arms the same version.',
  'host-busy':
    'Requests may leave late and pairs may be repeated: run on a host that does less, or lower traffic.rate.',
  'one-sided': 'If the service was renamed, give both names one role in stack.roles.',
  'requests-decided-differently': 'Check that the new version blocks and lets through what you want before you use it.',
};

/** What to do about memory that ran out. */
export const OOM_HINT =
  'Its memory reached the limit: look at the peak. Raise the limit only if the growth is understood.';
