import * as z from 'zod';
import type { Action, Moment } from '../model/index.js';
import { oneThing, stepKeys, toStep } from './steps.js';
import { duration } from './units.js';

const number = (text: string): number => Number.parseFloat(text);

/** `30% of window`, `4000 requests` or `90s`. */
const moment = () =>
  z
    .union(
      [
        z
          .string()
          .regex(/^\d+(\.\d+)?\s*% of window$/)
          .transform((text): Moment => ({ of: 'window', value: number(text) / 100 })),
        z
          .string()
          .regex(/^\d+ requests$/)
          .transform((text): Moment => ({ of: 'requests', value: number(text) })),
        duration().transform((value): Moment => ({ of: 'seconds', value })),
      ],
      'expected a share of the window ("30% of window"), or requests ("4000 requests") or ' +
        'time ("90s") since the start of the load',
    )
    .meta({
      description:
        'A share of the window, or requests or time since the start of the load: 30% of window, 4000 requests, 90s.',
    });

const action = z
  .strictObject({ at: moment().optional(), every: moment().optional(), ...stepKeys })
  .superRefine((value, context) => {
    if (value.at === undefined && value.every === undefined)
      context.addIssue({ code: 'custom', message: 'an action needs a time: at, every, or both' });
    oneThing(value, context);
  })
  .transform(({ at, every, ...step }): Action => ({ at: at ?? null, every: every ?? null, step: toStep(step) }));

/** What is done to both arms while they are under load. */
export const actionsSchema = z.array(action);
