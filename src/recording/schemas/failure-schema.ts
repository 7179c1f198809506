import * as z from 'zod';
import {
  ARMS,
  ERROR_EXITS,
  type ErrorCode,
  type Failure,
  type FailureFacts,
  type RampObjection,
  type RampObjectionFacts,
} from '../../model/index.js';
import { amount, whole } from './exactly.js';
import { statedAs } from './stated-as.js';

const error = z.enum(Object.keys(ERROR_EXITS) as [ErrorCode, ...ErrorCode[]]);
const arm = z.enum(ARMS);

/** The facts of each failure; a code without them is a type error. */
const FAILURES: { readonly [C in keyof FailureFacts]: z.ZodType<FailureFacts[C]> } = {
  'older-failure': z.strictObject({ text: z.string() }),
  'ended-by-error': z.strictObject({ error, message: z.string() }),
  'ended-with-run': z.strictObject({}),
};

/** Why a trial or an action did not succeed; before schema 4 it was a sentence. */
export const failure: z.ZodType<Failure> = z.union([
  statedAs<FailureFacts>(FAILURES),
  z.string().transform((text): Failure => ({ code: 'older-failure', facts: { text } })),
]);

/** The facts of each objection to a rate. */
const OBJECTIONS: { readonly [C in keyof RampObjectionFacts]: z.ZodType<RampObjectionFacts[C]> } = {
  'older-objection': z.strictObject({ text: z.string() }),
  'requests-unanswered': z.strictObject({ arm, unanswered: whole, planned: whole }),
  'sent-too-slowly': z.strictObject({ arm, planned: whole, seconds: amount, dueSeconds: amount }),
  'sent-late': z.strictObject({ arm, milliseconds: amount }),
  'answered-slowly': z.strictObject({ arm, milliseconds: amount }),
  'replay-ended': z.strictObject({ arm, error, message: z.string() }),
};
export const rampObjection: z.ZodType<RampObjection> = statedAs<RampObjectionFacts>(OBJECTIONS);
