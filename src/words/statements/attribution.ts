import type { AttributionFacts, NamedGrowth } from '../../results/statement/index.js';
import { estimate, growth } from '../growth.js';
import { list } from '../numbers.js';
import type { Sentences } from './sentences.js';

/** `order-valid: 8.24 KB (7.94 to 8.55) per request` */
function named({ labels, growth: value }: NamedGrowth, unit: string): string {
  const { whole, per } = estimate(value, unit);
  return `${list(labels)}: ${whole} ${per}`;
}

type Blamed = AttributionFacts['labels-grow-more'];

/**
 * The labels that are named, then all others by name. “Everything else” would mean other labels in each sentence.
 */
function blamed({ named: labels, rest, unit }: Blamed): string {
  const others =
    rest === null ? '' : ` All other requests (${list(rest.labels)}): ${estimate(rest.growth, unit).whole}.`;
  return `${labels.map((label) => named(label, unit)).join('; ')}.${others}`;
}

/** Which requests make a service grow. */
export const ATTRIBUTION: Sentences<AttributionFacts> = {
  'labels-grow-more': (facts) =>
    `These requests make ${facts.role} grow faster in the candidate than in the baseline: ${blamed(facts)}`,
  'labels-grow-in-candidate': (facts) =>
    `These requests make ${facts.role} grow in the candidate (not compared with the baseline): ${blamed(facts)}`,
  'labels-grow-in-baseline': (facts) => `These requests make ${facts.role} grow in the baseline: ${blamed(facts)}`,
  'no-label-named': ({ role, unit, wouldTake }) =>
    `No kind of request surely makes ${role} grow by more than the margin. ` +
    `A kind must grow by about ${growth(wouldTake, unit)} to be named.`,
};
