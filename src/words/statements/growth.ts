import type { GrowthFacts, OpenFacts, OpenReason } from '../../results/statement/index.js';
import { growth } from '../growth.js';
import { count } from '../numbers.js';
import { isBytes } from '../metrics.js';
import { comparedWithBaseline, evidenceWords, growthOf, roleName, subjectName } from '../subject.js';
import { GUARDS, guardWords } from './guards.js';
import { missingWords } from './series-faults.js';
import type { Sentences } from './sentences.js';

/** Why the numbers do not decide. */
export const OPEN: Sentences<OpenFacts> = {
  'bounds-stricter': ({ unit, lower, upper, looks }) => {
    const why =
      looks > 1
        ? 'This run is tested at several looks, so the verdict uses stricter bounds than the interval'
        : 'The verdict uses stricter bounds than the interval';
    return `${why}: ${growth(lower, unit)} and ${growth(upper, unit)}.`;
  },
  'window-too-short': ({ unit, floor, source }) => {
    const why = source === 'step' ? '' : ', because memory rises and falls again and again';
    return `The window is too short to tell differences below about ${growth(floor, unit)}${why}.`;
  },
  'replicates-vary': ({ unit, replicates, deviation }) =>
    `The ${count(replicates)} replicates vary too much (standard deviation ${growth(deviation, unit)}).`,
  'confirmation-wanted': () => 'A longer fresh pair has not confirmed it yet.',
};

function reasonWords(reason: OpenReason): string {
  const { code, facts } = reason;
  return code in GUARDS
    ? guardWords(reason as never)
    : (OPEN[code as keyof OpenFacts] as (of: unknown) => string)(facts);
}

/** `grows`, or `grow` of threads and descriptors. */
const grow = (metric: string): string => (isBytes(metric) ? 'grows' : 'grow');

/** What is said about the growth of one service. */
export const GROWTH: Sentences<GrowthFacts> = {
  'growth-unmeasured': ({ usable, missing, ...name }) => {
    const [first] = missing;
    const because = first === undefined ? '' : ` Missing: ${missingWords(first)}.`;
    const why =
      usable === 1 ? 'only one replicate is usable, and at least 2 are needed' : 'there is no usable replicate';
    return `${subjectName(name)} could not be judged: ${why}.${because}`;
  },
  'growth-fails': (facts) => {
    const { unit, difference, metric } = facts;
    return `${subjectName(facts)} ${grow(metric)} ${comparedWithBaseline(difference, unit)} ${evidenceWords(facts)}.`;
  },
  'growth-passes': (facts) => {
    const { unit, difference, metric } = facts;
    const [stays, it] = isBytes(metric) ? ['stays', 'it'] : ['stay', 'they'];
    const compared = `${it} ${grow(metric)} ${comparedWithBaseline(difference, unit)}`;
    return `${subjectName(facts)} ${stays} within the margin: ${compared} ${evidenceWords(facts)}.`;
  },
  'growth-settled': (facts) => {
    const { unit, difference, settled } = facts;
    const [passes, has] = isBytes(facts.metric) ? ['passes', 'its'] : ['pass', 'their'];
    const whole = `Over the whole window the difference is ${growthOf(difference, unit)} ${evidenceWords(facts)}`;
    return `${subjectName(facts)} ${passes} because ${has} growth has stopped. ${guardWords(settled)} ${whole}.`;
  },
  'growth-open': (facts) => {
    const { unit, difference, metric, why } = facts;
    const [is, it] = isBytes(metric) ? ['is', 'it'] : ['are', 'they'];
    const compared = `in this test ${it} grew ${comparedWithBaseline(difference, unit)}`;
    return `${subjectName(facts)} ${is} undecided: ${compared} ${evidenceWords(facts)}. ${reasonWords(why)}`;
  },
  'growth-new': (facts) => {
    const { unit, difference, why } = facts;
    const grows = `There it grows by ${growth(difference.value, unit)} ${evidenceWords(facts)}.`;
    return `${subjectName(facts)} exists only in the candidate. ${grows}${why === null ? '' : ` ${reasonWords(why)}`}`;
  },
  'growth-gone': ({ unit, growth: value, ...name }) =>
    `${subjectName(name)} exists only in the baseline. There it grows by ${growth(value, unit)}.`,
  'growth-watched': (facts) => {
    const { unit, difference, metric, as } = facts;
    const compared = `${comparedWithBaseline(difference, unit)} ${evidenceWords(facts)}`;
    if (as === 'total') return `Its services are judged one by one. Together they grow ${compared}.`;
    if (as === 'count') return `${subjectName(facts)} ${grow(metric)} ${compared}.`;
    return `${roleName(facts.role)} is watched, but not judged. It grows ${compared}.`;
  },
};
