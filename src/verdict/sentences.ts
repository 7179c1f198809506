import type { ServiceAssessment } from '../model/index.js';
import { estimate, growth } from '../words/growth.js';
import { plural } from '../words/numbers.js';
import { growthOf } from './words.js';

const NOUNS: Readonly<Record<string, string>> = { fds: 'open descriptors', threads: 'threads', sockets: 'sockets' };

/** `waf`, `the whole stack`, `open descriptors of waf`. */
export function subjectName({ role, metric }: Pick<ServiceAssessment, 'role' | 'metric'>): string {
  const name = role === '(stack)' ? 'the whole stack' : role;
  const noun = NOUNS[metric];
  return noun === undefined ? name : `${noun} of ${name}`;
}

type Facts = Omit<ServiceAssessment, 'sentence'>;
type Gated = Pick<Facts, 'difference' | 'bounds' | 'margin' | 'unit' | 'outcome' | 'shape'>;

/** `(95 % interval 7.3 to 8.7 KB, margin 32 B per request)` */
export function evidenceWords({ difference, bounds, margin, unit, outcome, shape }: Gated): string {
  const accepted = `margin ${growth(margin, unit)}`;
  if (difference === null) return `(${accepted})`;
  const { confidence, interval } = estimate(difference, unit);
  // A pass needs one bound only, and that one is nearer than the end of an interval with two.
  const oneSided =
    outcome === 'pass' && shape !== 'settled' && bounds !== null && difference.upper >= margin
      ? `, surely below ${growth(bounds.upper, unit)}`
      : '';
  return `(${confidence} interval ${interval}${oneSided}, ${accepted})`;
}

/** `by 8.0 KB of memory per request more` */
export function moreWords(difference: NonNullable<Facts['difference']>, unit: string): string {
  return `by ${growthOf(difference, unit)} ${difference.value < 0 ? 'less' : 'more'}`;
}

/** `by 1 B of memory per request less than in the baseline`; a difference that rounds to nothing is none. */
export function thanBaseline(difference: NonNullable<Facts['difference']>, unit: string): string {
  return /^-?0(\.0+)? /.test(estimate(difference, unit).value)
    ? 'as fast as in the baseline'
    : `${moreWords(difference, unit)} than in the baseline`;
}

/** One plain sentence on one service. */
export function serviceSentence(facts: Facts, missing: readonly string[]): string {
  const { difference, services, unit, outcome } = facts;
  const name = subjectName(facts);
  if (difference === null) return `${name} could not be judged: ${reason(facts, missing)}.`;
  const evidence = evidenceWords(facts);
  if (services.baseline.length === 0)
    return `${name} exists in the candidate only and grows by ${growthOf(difference, unit)} ${evidence}${outcome === 'inconclusive' ? whyOpen(facts) : ''}.`;
  if (services.candidate.length === 0)
    return `${name} exists in the baseline only, where it grows by ${growth(-difference.value, unit)}.`;
  const [grow, are, they, have] = facts.metric.endsWith('_bytes')
    ? ['grows', 'is', 'it', 'has']
    : ['grow', 'are', 'they', 'have'];
  const more = moreWords(difference, unit);
  if (outcome === 'fail') return `${name} ${grow} ${more} in the candidate than in the baseline ${evidence}.`;
  if (outcome === 'pass') {
    const settled = facts.guards.find((guard) => guard.name === 'SETTLED');
    if (facts.shape === 'settled' && settled !== undefined)
      return `${name} ${have} settled: ${settled.detail}. That is why it passes, although the difference over the whole window alone would not do ${evidence}.`;
    return `${name} ${grow} no faster in the candidate than you accept: ${thanBaseline(difference, unit)} ${evidence}.`;
  }
  return `${name} ${are} undecided: ${they} ${grow} ${more} in the candidate than in the baseline ${evidence}${whyOpen(facts)}.`;
}

function reason({ replicates }: Facts, missing: readonly string[]): string {
  if (replicates.length === 1)
    return `one usable replicate decides nothing, at least 2 are needed${missing.length > 0 ? ` (${missing[0]})` : ''}`;
  return missing[0] ?? 'nothing was measured';
}

function whyOpen({ guards, floor, replicates, difference, bounds, margin, unit }: Facts): string {
  const guard =
    guards.find(({ name }) => name !== 'SAWTOOTH') ?? guards.find(({ detail }) => detail.includes('too short'));
  if (guard !== undefined) return `; ${guard.detail}`;
  if (bounds !== null && difference !== null && (difference.upper < margin || difference.lower > margin)) {
    return `; a run that may be judged several times must be surer than the interval: its bounds are ${growth(bounds.lower, unit)} and ${growth(bounds.upper, unit)}`;
  }
  if (floor?.active)
    return `; the least spread that ${floor.source === 'step' ? 'allocator steps' : 'this sawtooth'} allow${floor.source === 'step' ? '' : 's'} in so short a window is ${growth(floor.value, unit)}`;
  return `; the ${plural(replicates.length, 'replicate')} differ too much from one another`;
}
