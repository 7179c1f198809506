import * as z from 'zod';
import { FINDING_KINDS } from '../model/index.js';

const text = () => z.string().trim().min(1);

/** Whether a text is a day that exists: not `2027-02-30`. */
function isDay(written: string): boolean {
  const time = Date.parse(`${written}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(written);
}

/** What may stand in a file of accepted findings: a list of entries. */
export const acceptancesSchema = z.array(
  z.strictObject({
    finding: z.enum(FINDING_KINDS),
    service: text().optional(),
    reason: text(),
    owner: text(),
    expires: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/, 'is not a day: write it as 2027-01-31')
      .refine(isDay, 'is not a day of the calendar'),
  }),
);
