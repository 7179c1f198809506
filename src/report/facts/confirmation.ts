import type { Assessment, Result } from '../../model/index.js';

const SENTENCES: Readonly<Record<Assessment['confirmation'], string | null>> = {
  unneeded: null,
  wanted: 'A longer fresh pair is still to confirm the growth.',
  confirmed: 'A longer fresh pair of containers confirmed the growth.',
  refuted: 'A longer fresh pair of containers did not confirm the growth.',
  unusable: 'The longer fresh pair that should have confirmed the growth could not be used.',
};

/** Where the confirmation of a FAIL stands, in one sentence; null where none was called for. */
export function confirmation({ verdict }: Result): string | null {
  return SENTENCES[verdict.assessment.confirmation];
}
