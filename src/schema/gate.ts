import * as z from 'zod';
import { FINDING_KINDS, SEVERITIES, type Severity } from '../model/index.js';
import { ALPHA_FAIL, ALPHA_GUARD, ALPHA_PASS } from '../statistics/method.js';
import { bytes, duration, margin, rate, share } from './units.js';

/** A margin above this accepts any growth. */
const MOST_MARGIN = 2 ** 30;
const LARGEST_ALPHA = 0.05;

const severity = z.enum(SEVERITIES);
const SEVERITY = 'off, info, warn, or fail: the run ends in FAIL where it is found.';

const alpha = (what: string, usual: number) =>
  z
    .number()
    .gt(0)
    .max(
      LARGEST_ALPHA,
      `too large: with more than ${LARGEST_ALPHA} a ${what} would happen too often for the verdict to mean anything`,
    )
    .default(usual)
    .meta({ description: `Probability of a ${what} at the margin; ${LARGEST_ALPHA} at most.`, example: usual });

export const gateSchema = z
  .strictObject({
    margin: margin()
      .refine((bytesPerRequest) => bytesPerRequest > 0, 'must be above 0: no two runs grow alike to the byte')
      .refine(
        (bytesPerRequest) => bytesPerRequest <= MOST_MARGIN,
        'too large: a margin above 1 GiB/request accepts any growth',
      )
      .optional()
      .meta({ description: 'The growth difference that you accept: 32 B/request.', example: '32 B/request' }),
    production: z
      .strictObject({
        rate: rate().pipe(z.number().positive()).meta({ description: 'Requests per second in production: 200/s.' }),
        headroom: bytes()
          .refine((size) => size > 0, 'must be above 0')
          .meta({ description: 'Memory that may be used up: 2GiB.' }),
        survive: duration()
          .pipe(z.number().positive())
          .meta({ description: 'For how long it must last: 30d.', example: '30d' }),
      })
      .optional()
      .meta({
        description: 'Production traffic; gives the margin when none is stated: headroom / (rate × survive).',
        example: '{ rate: 200/s, headroom: 2GiB, survive: 30d }',
      }),
    alpha: z
      .strictObject({
        fail: alpha('false FAIL', ALPHA_FAIL),
        pass: alpha('false PASS', ALPHA_PASS),
        guard: z
          .number()
          .gt(0)
          .max(0.2)
          .default(ALPHA_GUARD)
          .meta({ description: 'Level of the tests that guard a verdict; 0.2 at most.' }),
      })
      .prefault({})
      .meta({ description: 'How sure a verdict must be.' }),
    confirm: z
      .enum(['auto', 'always', 'never'])
      .default('auto')
      .meta({ description: 'Whether a FAIL needs a longer fresh pair.' }),
    prior: z
      .enum(['none', 'steps', 'calibration'])
      .default('steps')
      .meta({
        description:
          'What is taken as known of the spread before the run: the size of allocator steps, what ' +
          'this host’s calibration showed, or nothing.',
      }),
    findings: z
      .strictObject(
        Object.fromEntries(FINDING_KINDS.map((kind) => [kind, severity.optional().meta({ description: SEVERITY })])),
      )
      .transform((severities) => severities as Readonly<Record<string, Severity>>)
      .prefault({})
      .meta({
        description: 'Severity of each finding beyond the slope difference; docs/findings.md says what each means.',
      }),
  })
  .meta({ description: 'What decides between PASS and FAIL.' });

export const identitySchema = z
  .strictObject({
    decisionTolerance: share().prefault('1%').meta({
      description: 'Share of a label’s requests that the versions may decide differently before the run is invalid.',
    }),
    paceTolerance: share()
      .prefault('5%')
      .meta({ description: 'How far an arm may fall behind the schedule before the run is invalid.' }),
  })
  .meta({ description: 'How alike the two arms must have been treated.' });
