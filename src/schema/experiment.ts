import * as z from 'zod';
import { LOOK_WEIGHTS } from '../statistics/method.js';
import { actionsSchema } from './actions.js';
import { PRESET_NAMES } from './presets.js';
import { duration, patience } from './units.js';

const span = z.strictObject(
  {
    requests: z.int().min(0).default(0).meta({ description: 'At least this number of requests.' }),
    seconds: duration().prefault('0s').meta({ description: 'At least this time: 60s.' }),
  },
  {
    error: ({ code, input }) =>
      code === 'invalid_type' && input !== undefined
        ? 'expected requests, seconds or both, for example { seconds: 5m }'
        : undefined,
  },
);

export const experimentSchema = z
  .strictObject({
    preset: z
      .enum(PRESET_NAMES)
      .default('standard')
      .meta({ description: 'A named set of times and looks; the keys below override it.' }),
    order: z.enum(['concurrent', 'interleaved']).default('concurrent').meta({
      description:
        'concurrent: both versions side by side. interleaved: one at a time, for hosts that are too small for two.',
    }),
    looks: z
      .array(z.int().min(2).max(100))
      .min(1)
      .max(Object.keys(LOOK_WEIGHTS).length)
      .refine(
        (looks) => looks.every((look, index) => index === 0 || look > looks[index - 1]!),
        'the looks must rise, for example [3, 5, 8]',
      )
      .optional()
      .meta({ description: 'After how many replicates the evidence is judged.', example: '[3, 5, 8]' }),
    warmup: span.optional().meta({
      description: 'The load before the window: requests or seconds, whichever takes longer.',
      example: '{ seconds: 60s }',
    }),
    window: span.optional().meta({
      description: 'The part that is judged: requests or seconds, whichever takes longer.',
      example: '{ seconds: 5m }',
    }),
    idle: patience()
      .optional()
      .meta({ description: 'How long to go on measuring after the load: 15s.', example: '15s' }),
    actions: actionsSchema
      .default([])
      .meta({ description: 'Done to both arms while they are under load, each at the same request.' }),
  })
  .meta({ description: 'How long, how often, and which actions are done under load.' });
