import * as z from 'zod';
import { captureFault } from '../model/index.js';
import { bodyRules, requestShape, toRequest } from './template.js';

const MOST_USERS = 10_000;
const MOST_STEPS = 1000;
const USERS = 10;

const capture = z
  .record(
    z.string().regex(/^[A-Za-z]\w*$/, 'a captured name may have letters, digits and underscores'),
    z
      .string()
      .min(1)
      .superRefine((where, context) => {
        const fault = captureFault(where);
        if (fault !== null) context.addIssue({ code: 'custom', message: fault });
      }),
  )
  .default({})
  .meta({
    description:
      'Name → where in the answer its value is: $.path in a JSON body, header:NAME, cookie:NAME, or a regular ' +
      'expression whose first group it is. Later steps use it as {name}.',
  });

const step = z
  .strictObject({ ...requestShape, capture })
  .superRefine((value, context) => {
    bodyRules(value, context);
    if (value.behaviour?.abort !== undefined && Object.keys(value.capture).length > 0)
      context.addIssue({
        code: 'custom',
        message: 'a client that hangs up has no answer to capture from',
        path: ['capture'],
      });
  })
  .transform(toRequest);

const name = z.string().regex(/^[A-Za-z0-9][\w-]*$/, 'a name is made of letters, digits, dashes and underscores');

/** Visits of several requests in order, by users that each have their own state. */
export const journeysSchema = z.array(
  z.strictObject({
    name: name.meta({ description: 'What reports call it; labels are NAME.LABEL.' }),
    weight: z
      .number()
      .positive()
      .default(1)
      .meta({ description: 'Share of the requests, relative to the weights of the mix and of the sources.' }),
    users: z.int().min(1).max(MOST_USERS).default(USERS).meta({ description: 'Visitors at a time.' }),
    vary: z
      .array(z.string())
      .default([])
      .meta({ description: 'Fields that are drawn anew at each step; all others hold for a visit.' }),
    steps: z.array(step).min(1).max(MOST_STEPS).meta({ description: 'Requests, in their order.' }),
  }),
);
