import type { ServiceAssessment } from '../model/index.js';
import { growthWords, plural, rangeWords } from './words.js';

const NOUNS: Readonly<Record<string, string>> = { fds: 'open descriptors', threads: 'threads', sockets: 'sockets' };

/** `waf`, `the whole stack`, `open descriptors of waf`. */
export function subjectName({ role, metric }: Pick<ServiceAssessment, 'role' | 'metric'>): string {
  const name = role === '(stack)' ? 'the whole stack' : role;
  const noun = NOUNS[metric];
  return noun === undefined ? name : `${noun} of ${name}`;
}

/** `(95 % interval 5.2 to 5.26 KB, margin 32 B per request)` */
export function evidenceWords({ difference, margin, unit }: Pick<ServiceAssessment, 'difference' | 'margin' | 'unit'>): string {
  if (difference === null) return `(margin ${growthWords(margin, unit)})`;
  return `(${Math.round(difference.confidence * 100)} % interval ${rangeWords(difference.lower, difference.upper, unit)}, margin ${growthWords(margin, unit)})`;
}

type Facts = Omit<ServiceAssessment, 'sentence'>;

/** One plain sentence on one service. */
export function serviceSentence(facts: Facts, missing: readonly string[]): string {
  const { difference, services, unit, outcome } = facts;
  const name = subjectName(facts);
  if (difference === null) return `${name} could not be judged: ${reason(facts, missing)}.`;
  const evidence = evidenceWords(facts);
  if (services.baseline.length === 0) return `${name} exists in the candidate only and grows by ${growthWords(difference.value, unit)} ${evidence}.`;
  if (services.candidate.length === 0) return `${name} exists in the baseline only, where it grows by ${growthWords(-difference.value, unit)}.`;
  const grow = facts.metric.endsWith('_bytes') ? 'grows' : 'grow';
  const more = difference.value >= 0 ? `${growthWords(difference.value, unit)} more` : `${growthWords(-difference.value, unit)} less`;
  if (outcome === 'fail') return `${name} ${grow} by ${more} in the candidate than in the baseline ${evidence}.`;
  if (outcome === 'pass') {
    if (facts.shape === 'settled') return `${name} grew and has settled: ${facts.guards.find((guard) => guard.name === 'SETTLED')?.detail ?? ''}.`;
    return `${name} does not grow faster in the candidate beyond the margin: it grows by ${more} than in the baseline ${evidence}.`;
  }
  return `${name} is undecided: it grows by ${more} in the candidate than in the baseline ${evidence}${whyOpen(facts)}.`;
}

function reason({ replicates }: Facts, missing: readonly string[]): string {
  if (replicates.length === 1) return `one usable replicate decides nothing, at least 2 are needed${missing.length > 0 ? ` (${missing[0]})` : ''}`;
  return missing[0] ?? 'nothing was measured';
}

function whyOpen({ guards, floor, replicates, unit }: Facts): string {
  const [guard] = guards;
  if (guard !== undefined) return `; ${guard.name}: ${guard.detail}`;
  if (floor?.active) return `; the least spread that ${floor.source === 'step' ? 'allocator steps' : 'this sawtooth'} allow${floor.source === 'step' ? '' : 's'} in so short a window is ${growthWords(floor.value, unit)}`;
  return `; the ${plural(replicates.length, 'replicate')} scatter too much`;
}
