import * as z from 'zod';
import { CONFIRMATIONS, FINDING_KINDS, SEVERITIES, type Severity } from '../model/index.js';
import { ALPHA_FAIL, ALPHA_GUARD, ALPHA_PASS } from '../statistics/method.js';
import { bytes, duration, margin, rate, share } from './units.js';

/** A larger margin would accept any growth. */
const MOST_MARGIN = 2 ** 30;
const LARGEST_ALPHA = 0.05;

const severity = z.enum(SEVERITIES);
const SEVERITY = 'off, info, warn, or fail: the run ends in FAIL if it is found.';

const alpha = (what: string, usual: number) =>
  z
    .number()
    .gt(0)
    .max(
      LARGEST_ALPHA,
      `too large: with more than ${LARGEST_ALPHA} a ${what} would happen so often that the verdict has no meaning`,
    )
    .default(usual)
    .meta({ description: `Probability of a ${what} at the margin; at most ${LARGEST_ALPHA}.`, example: usual });

const accepted = (size: () => ReturnType<typeof margin>, per: string) =>
  size()
    .refine((value) => value > 0, 'must be above 0: no two runs grow exactly alike')
    .refine((value) => value <= MOST_MARGIN, `too large: a margin above 1 GiB/${per} accepts any growth`);

/** `32 B/request`, or `{request: 32B, hour: 1MiB}`; both keys are optional. */
const marginSchema = z
  .union(
    [
      accepted(margin, 'request').transform((request) => ({ request })),
      z.strictObject({
        request: accepted(bytes, 'request').optional().meta({ description: 'With each request: 32B.' }),
        hour: accepted(bytes, 'hour').optional().meta({ description: 'In an hour, without any request: 1MiB.' }),
      }),
    ],
    'expected a growth per request, or one for requests and one for time: {request: 32B, hour: 1MiB}',
  )
  .transform((stated): { readonly request?: number | undefined; readonly hour?: number | undefined } => stated);

export const gateSchema = z
  .strictObject({
    margin: marginSchema
      .optional()
      .meta({ description: 'The growth difference that you accept: 32 B/request.', example: '32 B/request' }),
    production: z
      .strictObject({
        rate: rate().pipe(z.number().positive()).meta({ description: 'Requests per second in production: 200/s.' }),
        headroom: bytes()
          .refine((size) => size > 0, 'must be above 0')
          .meta({ description: 'Memory that growth may fill: 2GiB.' }),
        survive: duration()
          .pipe(z.number().positive())
          .meta({ description: 'How long this memory must last: 30d.', example: '30d' }),
      })
      .optional()
      .meta({
        description: 'Production traffic. It gives the margin if none is stated: headroom / (rate × survive).',
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
          .meta({ description: 'Probability of an error of a guard; at most 0.2.' }),
      })
      .prefault({})
      .meta({ description: 'How sure a verdict must be.' }),
    confirm: z
      .enum(CONFIRMATIONS)
      .optional()
      .meta({
        description:
          'Whether a FAIL needs a longer pair; auto unless the preset says otherwise. live-heap: no longer pair, but ' +
          'the live heap that the lens counts must show the growth too.',
      }),
    prior: z
      .enum(['none', 'steps', 'calibration'])
      .default('steps')
      .meta({
        description:
          'What is known about the spread before the run: the size of allocator steps, the ' +
          'calibration of this host, or nothing.',
      }),
    findings: z
      .strictObject(
        Object.fromEntries(FINDING_KINDS.map((kind) => [kind, severity.optional().meta({ description: SEVERITY })])),
      )
      .transform((severities) => severities as Readonly<Record<string, Severity>>)
      .prefault({})
      .meta({
        description: 'Severity of each finding; docs/findings.md explains them.',
      }),
    accept: z.string().min(1).optional().meta({
      description: 'A file with findings that you know and accept, each until a day; docs/findings.md explains it.',
      example: 'accepted.yaml',
    }),
  })
  .meta({ description: 'What decides between PASS and FAIL.' });

export const identitySchema = z
  .strictObject({
    decisionTolerance: share().prefault('1%').meta({
      description: 'The run is INVALID if the versions decide a larger share of a label’s requests differently.',
    }),
    paceTolerance: share()
      .prefault('5%')
      .meta({ description: 'The run is INVALID if an arm falls further behind the schedule than this.' }),
  })
  .meta({ description: 'How equal the treatment of the two arms must be.' });
