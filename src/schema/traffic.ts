import * as z from 'zod';
import { ENGINES } from '../model/index.js';
import { behaviourSchema } from './behaviour.js';
import { clientFaults } from './client-rules.js';
import { keepAliveSchema, protocolSchema, reconnectSchema, tlsSchema } from './clients.js';
import { phaseFaults, phasesSchema } from './phases.js';
import { scheduleSchema } from './schedule.js';
import { sourceSchema } from './source.js';
import { bytes, rate } from './units.js';

/** Longer bodies would not fit into memory many times. */
const LONGEST_TEXT = 16 * 2 ** 20;

const cardinality = z
  .int()
  .min(1)
  .max(10_000_000)
  .meta({ description: 'How many different values there are.', example: 1000 });

/** A named source of varying values; each form says how many different values it can take. */
const field = z.union(
  [
    z
      .strictObject({
        integer: z
          .tuple([z.int(), z.int()])
          .meta({ description: 'Whole numbers from the first to the second.', example: '[1, 5000]' }),
      })
      .refine(({ integer: [from, to] }) => from <= to, 'the first number must not be above the second')
      .transform(({ integer: [from, to] }) => ({ kind: 'integer' as const, from, to })),
    z
      .strictObject({ oneOf: z.array(z.string()).min(1).meta({ description: 'One of these texts.' }) })
      .transform(({ oneOf }) => ({ kind: 'oneOf' as const, values: oneOf })),
    z.strictObject({ word: cardinality }).transform(({ word }) => ({ kind: 'word' as const, cardinality: word })),
    z.strictObject({ ipv4: cardinality }).transform(({ ipv4 }) => ({ kind: 'ipv4' as const, cardinality: ipv4 })),
    z
      .strictObject({ userAgent: cardinality })
      .transform(({ userAgent }) => ({ kind: 'userAgent' as const, cardinality: userAgent })),
    z
      .strictObject({
        hex: z.int().min(1).max(128).meta({ description: 'Hexadecimal texts of so many digits.' }),
        cardinality,
      })
      .transform(({ hex, cardinality }) => ({ kind: 'hex' as const, length: hex, cardinality })),
    z
      .strictObject({
        text: bytes().refine((size) => size >= 1 && size <= LONGEST_TEXT, 'a text has 1 B to 16 MiB'),
        cardinality,
      })
      .transform(({ text, cardinality }) => ({ kind: 'text' as const, bytes: text, cardinality })),
  ],
  'expected one of: {integer: [from, to]}, {oneOf: […]}, {word: N}, {ipv4: N}, {userAgent: N}, ' +
    '{hex: LENGTH, cardinality: N}, {text: 2KiB, cardinality: N}',
);

const part = z
  .strictObject({
    name: z.string().meta({ description: 'Name of the part.' }),
    filename: z.string().optional().meta({ description: 'Makes it a file.' }),
    type: z.string().optional().meta({ description: 'Its content type.' }),
    text: z.string().meta({ description: 'What it holds.' }),
  })
  .transform(({ name, filename, type, text }) => ({
    name,
    filename: filename ?? null,
    contentType: type ?? null,
    text,
  }));

const REQUEST_LINE = /^([A-Z]+) (\/\S*)$/;

const template = z
  .strictObject({
    label: z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*$/, 'a label is made of letters, digits, dots, dashes and underscores')
      .meta({ description: 'Groups requests in reports.', example: 'browse' }),
    weight: z.number().positive().default(1).meta({ description: 'Relative share of the trace.' }),
    expect: z
      .enum(['passed', 'blocked', 'any'])
      .default('any')
      .meta({ description: 'What the WAF should do with it.' }),
    request: z
      .string()
      .regex(REQUEST_LINE, 'expected a method and a path, as in "GET /products/{id}"')
      .meta({ description: 'Method and path.', example: '"GET /products/{id}"' }),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .meta({ description: 'Header → value; ${env:NAME} takes a secret from the environment.' }),
    form: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'An application/x-www-form-urlencoded body.' }),
    json: z.unknown().optional().meta({ description: 'An application/json body.' }),
    multipart: z.array(part).min(1).optional().meta({ description: 'A multipart/form-data body.' }),
    raw: z
      .strictObject({
        type: z.string().meta({ description: 'Content type.' }),
        text: z.string().meta({ description: 'What is sent.' }),
      })
      .optional()
      .meta({ description: 'Any other body, as text.' }),
    behaviour: behaviourSchema.optional().meta({ description: 'How the client carries it, where not plainly.' }),
  })
  .superRefine((value, context) => {
    const bodies = (['form', 'json', 'multipart', 'raw'] as const).filter((kind) => value[kind] !== undefined);
    if (bodies.length > 1) {
      context.addIssue({
        code: 'custom',
        message: `a request has one body, not ${bodies.join(' and ')}`,
        path: [bodies[1]!],
      });
    }
    if (value.behaviour?.chunks !== undefined && bodies.length === 0) {
      context.addIssue({
        code: 'custom',
        message: 'a request without a body has nothing to send in chunks',
        path: ['behaviour', 'chunks'],
      });
    }
  })
  .transform(({ request, form, json, multipart, raw, behaviour, ...rest }) => {
    const [, method = '', path = ''] = REQUEST_LINE.exec(request) ?? [];
    return {
      ...rest,
      method,
      path,
      body: bodyOf({ form, json, multipart, raw }),
      ...(behaviour === undefined ? {} : { behaviour }),
    };
  });

interface Bodies {
  readonly form: Record<string, string> | undefined;
  readonly json: unknown;
  readonly multipart: z.output<typeof part>[] | undefined;
  readonly raw: { type: string; text: string } | undefined;
}

function bodyOf({ form, json, multipart, raw }: Bodies) {
  if (form !== undefined) return { kind: 'form' as const, fields: form };
  if (json !== undefined) return { kind: 'json' as const, value: json };
  if (multipart !== undefined) return { kind: 'multipart' as const, parts: multipart };
  if (raw !== undefined) return { kind: 'raw' as const, contentType: raw.type, text: raw.text };
  return null;
}

const status = z.int().min(100).max(599);

export const trafficSchema = z
  .strictObject({
    seed: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(1)
      .meta({ description: 'The same seed gives the same bytes.' }),
    rate: z
      .union(
        [z.literal('auto'), rate().pipe(z.number().positive().max(10_000))],
        'expected a rate such as "75/s", or "auto"',
      )
      .prefault('75/s')
      .meta({
        description: 'Requests per second to each version, as in 75/s; auto finds what the slower one sustains.',
        example: '75/s',
      }),
    host: z.string().default('waf.test').meta({ description: 'The Host header.' }),
    fields: z
      .record(z.string().regex(/^[A-Za-z]\w*$/, 'a field name is made of letters, digits and underscores'), field)
      .default({})
      .meta({ description: 'Values for the {placeholders} of templates.' }),
    mix: z.array(template).default([]).meta({ description: 'Request templates.' }),
    sources: z
      .array(sourceSchema)
      .default([])
      .meta({ description: 'Recorded requests, and libraries, instead of the mix or mixed with it.' }),
    phases: phasesSchema.optional().meta({ description: 'Mixes that the judged window goes through in turn.' }),
    engine: z
      .enum(ENGINES)
      .default('auto')
      .meta({ description: 'What sends the traffic; auto takes h2 for HTTP/2, and wire otherwise.' }),
    schedule: scheduleSchema.default({ kind: 'bursts' }).meta({ description: 'How requests are spread in time.' }),
    protocol: protocolSchema.optional().meta({ description: 'What clients speak: http1 unless stated, or http2.' }),
    tls: tlsSchema.optional().meta({ description: 'TLS towards the entry: true, or how.' }),
    keepAlive: keepAliveSchema
      .optional()
      .meta({ description: 'When clients close their connections; as late as the entry lets them unless stated.' }),
    reconnect: reconnectSchema.optional().meta({
      description: 'A reconnect storm: before each so many-th request every connection is dropped and opened again.',
    }),
    blocks: z.enum(['auto', 'off']).default('auto').meta({
      description:
        'auto: the shares of labels vary over the judged window by design, so that growth is attributed to them.',
    }),
    blockedStatuses: z
      .array(status)
      .min(1)
      .default([403])
      .meta({ description: 'Statuses that mean that the WAF blocked a request.' }),
  })
  .meta({ description: 'What is sent to both versions.', example: '{ mix: [{ label: home, request: "GET /" }] }' })
  .superRefine((traffic, context) => {
    const { mix, sources, schedule } = traffic;
    const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', message, path: [path] });
    if (mix.length === 0 && sources.length === 0)
      wrong('mix', 'expected a request template here, or a source in traffic.sources');
    for (const { path, message } of [...clientFaults(traffic), ...phaseFaults(traffic)])
      context.addIssue({ code: 'custom', message, path: [...path] });
    const [only] = sources;
    const alone =
      mix.length === 0 &&
      sources.length === 1 &&
      only !== undefined &&
      only.kind !== 'library' &&
      only.order === 'recorded';
    if (schedule.kind === 'recorded' && !alone)
      wrong('schedule', 'the recorded timing needs one recorded source, alone and in its own order');
  });
