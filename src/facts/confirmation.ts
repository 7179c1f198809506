import type { ConfirmationStatus, Result, WordedService } from '../results/index.js';
import { growth } from '../words/growth.js';
import { count, duration } from '../words/numbers.js';
import { decisiveService } from './services.js';

const SENTENCES: Readonly<Record<ConfirmationStatus, string | null>> = {
  unneeded: null,
  wanted: 'A longer fresh pair of containers has not confirmed the growth yet',
  confirmed: 'A longer fresh pair of containers confirmed the growth',
  refuted: 'A longer fresh pair of containers did not confirm the growth',
  unmeasured: 'The longer fresh pair that should confirm the growth has no usable readings',
  'live-heap-grows':
    'The live heap grows too, in both halves of the window: the service does not give these blocks back. The same ' +
    'requests were sent again and again, so no new cache entries explain this',
  'live-heap-differs': 'The live heap does not surely grow as much',
  'live-heap-unread': 'The lens does not count the live heap of the service that grows',
};

/** ` (39,834 requests in 6.6 minutes): 7.9 KB per request more` */
function shownBy({ confirmation: [pair], unit }: Pick<WordedService, 'confirmation' | 'unit'>): string {
  if (pair === undefined || pair.difference === null) return '';
  const length = unit.endsWith('/s')
    ? duration(pair.seconds)
    : `${count(pair.requests)} requests in ${duration(pair.seconds)}`;
  return ` (${length}): ${growth(pair.difference, unit)} more`;
}

/**
 * The state of the confirmation of a FAIL, in one sentence; null if none was needed, or if the comparison is not valid.
 */
export function confirmation(result: Result): string | null {
  if (result.verdict.outcome === 'invalid') return null;
  const decisive = decisiveService(result);
  const own = decisive?.confirmationStatus ?? 'unneeded';
  const status = own === 'unneeded' ? result.verdict.assessment.confirmation : own;
  const sentence = SENTENCES[status];
  if (sentence === null) return null;
  return `${sentence}${decisive === null || own !== status ? '' : shownBy(decisive)}.`;
}
