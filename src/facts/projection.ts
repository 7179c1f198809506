import type { Result, WordedService } from '../results/index.js';
import { estimate } from '../words/growth.js';
import { duration, durationRange, memory, significant } from '../words/numbers.js';
import { freeMemoryWords } from '../words/free-memory.js';
import { growthTold } from './growth-told.js';
import { isRecorded } from './recorded.js';

/** Load that turns growth into time. */
interface Load {
  readonly rate: number;
  /** ` at 200 requests/s`, and where the rate comes from if production is not stated. Empty if the axis has seconds. */
  readonly words: string;
  /** How to get this for the reader's own traffic. Empty if this is already so. */
  readonly hint: string;
}

/** A round figure, if nothing says how much memory there is. */
const EXAMPLE_HEADROOM = 1024 ** 3;

export function loadOf(result: Result): Load {
  const { scenario } = result.manifest;
  const { production } = scenario.gate;
  if (result.verdict.assessment.axis === 'seconds') return { rate: 1, words: '', hint: '' };
  const rate = production?.ratePerSecond ?? scenario.traffic.rate;
  const at = ` at ${significant(rate)} requests/s`;
  if (production !== null) return { rate, words: at, hint: '' };
  if (isRecorded(result)) return { rate, words: `${at} (as recorded)`, hint: '' };
  return { rate, words: `${at} (the rate of this test)`, hint: ' Set gate.production to get this for your traffic.' };
}

/**
 * What the difference means in production: `A difference of 5.22 KB per request at 200 requests/s fills the 2 GiB of
 * headroom in production in 35 to 37 minutes.` Null if the difference is unknown, not of memory, not a growth, has
 * stopped growing, or comes from a comparison that was not fair.
 */
export function projection(result: Result, service: WordedService): string | null {
  const { metric, unit, room, code } = service;
  const { rate, words, hint } = loadOf(result);
  const difference = growthTold(service, 'difference');
  if (difference === null || !metric.endsWith('_bytes')) return null;
  if (result.verdict.outcome === 'invalid' || code === 'growth-settled') return null;
  const bytes = room.candidate?.bytes ?? EXAMPLE_HEADROOM;
  const what = room.candidate === null ? memory(EXAMPLE_HEADROOM) : freeMemoryWords(room.candidate);
  const seconds = (value: number): number => bytes / (value * rate);
  const { lower, upper } = difference;
  const { value, per, highest } = estimate(difference, unit);
  const inTwoParts = service.time?.state === 'grows' ? ', growth with time included,' : '';
  if (lower > 0)
    return (
      `A difference of ${value} ${per}${inTwoParts}${words} fills ${what} ` +
      `in ${durationRange(seconds(upper), seconds(lower))}.${hint}`
    );
  if (upper <= 0) return null;
  const most = `Even the upper end of the interval, ${highest} ${per},`;
  return `${most} would take ${duration(seconds(upper))} to fill ${what}${words}.${hint}`;
}

/** The same for short reports. Null if a finding already says when memory is used up. */
export function projectionUnlessFound(result: Result, service: WordedService): string | null {
  const found = result.verdict.assessment.findings.some(
    (finding) => finding.kind === 'time-to-limit' && finding.service === service.role,
  );
  return found ? null : projection(result, service);
}
