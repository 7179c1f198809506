import * as z from 'zod';
import type { Schedule } from '../model/index.js';
import { share } from './units.js';

/** `bursts`, `constant`, `poisson`, `{ramp: {from: 10%}}` or `{recorded: 2}` (twice as fast as recorded). */
export const scheduleSchema = z
  .union(
    [
      z.enum(['bursts', 'constant', 'poisson', 'ramp', 'recorded']),
      z.strictObject({
        ramp: z.strictObject({ from: share() }).meta({ description: 'Rises over the warm-up, from a share.' }),
      }),
      z.strictObject({
        recorded: z.number().positive().max(1000).meta({ description: 'How many times faster than recorded.' }),
      }),
    ],
    'expected one of: bursts, constant, poisson, ramp, {ramp: {from: 10%}}, recorded, {recorded: 2}',
  )
  .transform((schedule): Schedule => {
    if (schedule === 'ramp') return { kind: 'ramp', from: 0.1 };
    if (schedule === 'recorded') return { kind: 'recorded', speed: 1 };
    if (typeof schedule === 'string') return { kind: schedule };
    return 'ramp' in schedule
      ? { kind: 'ramp', from: schedule.ramp.from }
      : { kind: 'recorded', speed: schedule.recorded };
  });
