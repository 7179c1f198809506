import type { ToldAssessment, Result, ToldService } from '../../model/index.js';
import { growth } from '../../words/growth.js';
import { count, duration } from '../../words/numbers.js';
import { decisiveService } from './services.js';

const SENTENCES: Readonly<Record<ToldAssessment['confirmation'], string | null>> = {
  unneeded: null,
  wanted: 'A longer fresh pair is still to confirm the growth.',
  confirmed: 'A longer fresh pair of containers confirmed the growth',
  refuted: 'A longer fresh pair of containers did not confirm the growth',
  unmeasured: 'The longer fresh pair that should have confirmed the growth could not be used.',
};

/** ` (39,834 requests in 6.6 minutes): 7.9 KB per request more` */
function shownBy({ confirmation: [pair], unit }: Pick<ToldService, 'confirmation' | 'unit'>): string {
  if (pair === undefined || pair.difference === null) return '';
  const length = unit.endsWith('/s')
    ? duration(pair.seconds)
    : `${count(pair.requests)} requests in ${duration(pair.seconds)}`;
  return ` (${length}): ${growth(pair.difference, unit)} more`;
}

/** Where the confirmation of a FAIL stands, in one sentence; null where none was called for. */
export function confirmation(result: Result): string | null {
  const { confirmation: status } = result.verdict.assessment;
  const sentence = SENTENCES[status];
  if (status !== 'confirmed' && status !== 'refuted') return sentence;
  const decisive = decisiveService(result);
  return `${sentence}${decisive === null ? '' : shownBy(decisive)}.`;
}
