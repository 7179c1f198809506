import type { Exhaustion } from '../results/attribution.js';
import { duration, durationRange, list, significant } from './numbers.js';
import { freeMemoryWords } from './free-memory.js';
import { growthOf } from './subject.js';

/** How fast a client that sends only these requests fills the memory, and which rate limit prevents it. */
export function exhaustionSentence(exhaustion: Exhaustion): string {
  const { arm, labels, ratePerSecond, room, seconds, horizon, rateLimit, growth, sharedBy } = exhaustion;
  const name = list(labels);
  const rate = significant(ratePerSecond);
  const fills =
    `A client that sends only ${name} at ${rate} requests/s fills ${freeMemoryWords(room)} ` +
    `in the ${arm} in ${durationRange(seconds.shortest, seconds.longest)} ` +
    `(${growthOf(growth, 'bytes/request')}).`;
  if (rateLimit === 0)
    return `${fills} No rate limit on ${name} helps for ${duration(horizon.seconds)}: the other requests fill it.`;
  const shared = sharedBy > 1 ? `, with the memory shared equally by the ${sharedBy} labels named` : '';
  return `${fills} To last ${duration(horizon.seconds)}, limit ${name} to ${rateWords(rateLimit)}${shared}.`;
}

const UNITS = [
  { unit: 'per second', seconds: 1 },
  { unit: 'per minute', seconds: 60 },
  { unit: 'per hour', seconds: 3600 },
] as const;

/**
 * `2.4 requests per second`, or `14 requests per minute` if there is less than one per second. Rounded down, because
 * the limit must be safe.
 */
function rateWords(perSecond: number): string {
  const { unit, seconds } = UNITS.find((one) => perSecond * one.seconds >= 1) ?? UNITS[2];
  const rate = perSecond * seconds;
  const digits = 10 ** (1 - Math.floor(Math.log10(rate)));
  const rounded = Math.floor(rate * digits) / digits;
  return `${significant(rounded)} request${rounded === 1 ? '' : 's'} ${unit}`;
}
